; Ring 3 and back: an interrupt gate that is called a thousand times, by way of a task state segment,
; and a return from there.
;= main self 3 calls 1
;= go_down self 8 calls 1
;= user self 3002 calls 1
;= system self 3000 calls 1000
;= back self 3 calls 1
%define OWN_SETUP
%include "frame.inc"
USER_CODE equ 24
USER_DATA equ 32
TASK      equ 40
%macro user_gate 2
    gate %1, %2
    mov word [idt + %1 * 8 + 4], 0xEE00
%endmacro
function setup
    mov dword [gdt_own], 0x0000FFFF
    mov dword [gdt_own + 4], 0x00CFFB00
    mov dword [gdt_own + 8], 0x0000FFFF
    mov dword [gdt_own + 12], 0x00CFF300
    mov eax, task
    mov word [gdt_own + 16], 103
    mov [gdt_own + 18], ax
    mov word [gdt_own + 20], 0x8900
    shr eax, 16
    mov [gdt_own + 20], al
    mov byte [gdt_own + 21], 0x89
    mov byte [gdt_own + 23], ah
    mov dword [task + 4], kernel_stack
    mov dword [task + 8], DATA
    mov eax, TASK
    ltr ax
    user_gate 0x80, system
    user_gate 0x81, back
    ret
function main
    call go_down
    nop
    ret
function go_down                  ; 8
    mov [saved], esp
    push USER_DATA | 3
    push user_stack
    pushfd
    push USER_CODE | 3
    push user
    nop
    iretd
function user                     ; 1 + 1000 * 3 + 1
    mov ecx, 1000
.turn:
    int 0x80
    dec ecx
    jnz .turn
    int 0x81
function system                   ; 3
    push eax
    pop eax
    iretd
function back                     ; 3: to whom it may concern
    mov esp, [saved]
    nop
    ret
section .bss
saved: resd 1
task: resb 104
alignb 16
    resb 1024
kernel_stack:
    resb 1024
user_stack:
section .text
