; One page of code at two addresses, both called, and written through the other one. QEMU from 8.0 on
; translates it once, for the address that is first executed.
;= main self 7 calls 1
;= twin+@0x300000 self 604 calls 2
;= writer self 402 calls 1
;= made self 500 calls 100
%define PAGED
%define OWN_SETUP
%include "frame.inc"
ALIAS equ 0x300000
function setup
    mov eax, twin
    or eax, 7
    mov [page_table + (ALIAS >> 12) * 4], eax
    invlpg [ALIAS]
    ret
function main
    call twin
    mov eax, ALIAS
    call eax
    call writer
    nop
    nop
    ret
function writer                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    mov [ALIAS + made.value - twin + 1], cl
    call made
    dec ecx
    jnz .turn
    ret
align 4096
function twin                     ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    nop
    dec ecx
    jnz .turn
    ret
function made                     ; 5
    nop
.value:
    mov al, 0
    cmp al, cl
    jne .wrong
    ret
.wrong:
    ud2
align 4096
