; Two threads that a timer switches, on stacks of their own: each return from the interrupt goes to
; the other one.
;= machine pc
;= anyhow tick
;= init_timer self 19 calls 1
;= main self 3 calls 1
;= on_own self 8 calls 1
;= anyhow second
;= first self 5000002 calls 1
;= work self 3000000 calls 1000000
%define OWN_SETUP
%include "frame.inc"
%include "timer.inc"
function setup
    gate 0x20, tick
    call init_timer
    mov eax, SECOND - 12
    mov dword [SECOND - 4], 0x202
    mov dword [SECOND - 8], CODE
    mov dword [SECOND - 12], second
    sub eax, 32                   ; what popad takes
    mov [other], eax
    ret
SECOND equ 0x600000
function tick
    pushad
    xchg esp, [other]
    mov al, 0x20
    out 0x20, al
    popad
    iretd
function main
    call on_own
    nop
    ret
function on_own                   ; 8
    mov [saved], esp
    mov esp, 0x400000
    sti
    call first
    cli
    mov esp, [saved]
    nop
    ret
function first                    ; 1 + 1000000 * 5 + 1
    mov ebx, 1000000
.turn:
    mov ecx, ebx
    call work
    nop
    dec ebx
    jnz .turn
    ret
function work                     ; 3
    nop
    nop
    ret
function second
    inc dword [count]
    jmp second
section .bss
saved: resd 1
other: resd 1
count: resd 1
section .text
