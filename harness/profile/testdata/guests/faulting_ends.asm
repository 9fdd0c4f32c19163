; What faults as the last instruction of its block, and is run again: a jump and a call through
; memory; and a push of memory.
;= main self 8 calls 1
;= jumper self 402 calls 1
;= caller self 402 calls 1
;= leaf self 100 calls 100
;= pusher self 502 calls 1
;= fault self 2400 calls 300
%define PAGED
%define OWN_SETUP
%include "frame.inc"
AWAY equ 0x280000
%macro away 0                     ; 2
    and dword [page_table + (AWAY >> 12) * 4], ~1
    invlpg [AWAY]
%endmacro
function setup
    gate 14, fault
    mov dword [AWAY + 16], jumper.there
    mov dword [AWAY + 20], leaf
    ret
function fault                    ; 8
    push eax
    mov eax, cr2
    shr eax, 12
    or dword [page_table + eax * 4], 1
    inc dword [faults]
    pop eax
    add esp, 4
    iretd
function main
    call jumper
    call caller
    call pusher
    nop
    cmp dword [faults], 300
    jne .wrong
    nop
    ret
.wrong:
    ud2
function jumper                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    away
    jmp [AWAY + 16]
.there:
    loop .turn
    ret
function caller                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    away
    call [AWAY + 20]
    loop .turn
    ret
function leaf
    ret
function pusher                   ; 1 + 100 * 5 + 1
    mov ecx, 100
.turn:
    away
    push dword [AWAY]
    pop eax
    loop .turn
    ret
section .bss
faults: resd 1
