; Interrupts that the guest sends itself over the local APIC, and halts for.
;= machine pc
;= main self 2 calls 1
;= sender self 604 calls 1
;= arrived self 400 calls 100
;= waits
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 0x40, arrived
    mov dword [0xFEE000F0], 0x1FF
    ret
function arrived                  ; 4
    inc dword [count]
    mov dword [0xFEE000B0], 0
    nop
    iretd
function main
    call sender
    ret
function sender                   ; 1 + 100 * 6 + 3
    mov ecx, 100
.turn:
    cli
    mov dword [0xFEE00300], 0x44040 ; to itself
    sti
    hlt                           ; not before this one: sti holds interrupts back
    dec ecx
    jnz .turn
    cmp dword [count], 100
    jne .wrong
    ret
.wrong:
    ud2
section .bss
count: resd 1
section .text
