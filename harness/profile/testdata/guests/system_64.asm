; Ring 3 of 64-bit code: system calls by syscall.
;= main self 3 calls 1
;= go_down self 8 calls 1
;= user self 4003 calls 1
;= system self 3002 calls 1001
;= back self 3 calls 1
%define OWN_SETUP
%include "frame.inc"
USER_DATA equ 32
USER_CODE equ 40
function setup
    mov rax, 0x00CFF3000000FFFF
    mov [gdt_own + 8], rax
    mov rax, 0x0020FB0000000000
    mov [gdt_own + 16], rax
    mov ecx, 0xC0000081           ; STAR: sysret's segments from 24 on, syscall's from 8
    xor eax, eax
    mov edx, 24 << 16 | CODE
    wrmsr
    inc ecx                       ; LSTAR
    mov eax, system
    xor edx, edx
    wrmsr
    mov ecx, 0xC0000084           ; FMASK
    xor eax, eax
    wrmsr
    ret
function main
    call go_down
    nop
    ret
function go_down                  ; 8
    mov [saved], rsp
    push USER_DATA | 3
    push user_stack
    pushfq
    push USER_CODE | 3
    push user
    nop
    iretq
function user                     ; 1 + 1000 * 4 + 2
    mov ebx, 1000
.turn:
    mov eax, ebx
    syscall
    dec ebx
    jnz .turn
    xor eax, eax
    syscall
function system
    test eax, eax
    jz back
    o64 sysret
function back                     ; 3: to whom it may concern
    mov rsp, [saved]
    nop
    ret
section .bss
saved: resq 1
alignb 16
    resb 1024
user_stack:
section .text
