; Instructions that fault, and are run again when a handler has mapped the page: in the middle of a
; block, a string in its turns, one that reads and writes, and one whose second half is in the page that
; is away.
;= main self 8 calls 1
;= middle self 802 calls 1
;= string self 4108 calls 1
;= both self 805 calls 1
;= beyond self 12 calls 2
;= at_end self 6 calls 2
;= fault self 2448 calls 306
%define PAGED
%define OWN_SETUP
%include "frame.inc"
AWAY equ 0x280000                 ; four pages without memory, until they fault
%macro away 1                     ; 2
    and dword [page_table + (%1 >> 12) * 4], ~1
    invlpg [%1]
%endmacro
function setup
    gate 14, fault
    ret
function fault                    ; 8: maps what was missed
    push eax
    mov eax, cr2
    shr eax, 12
    or dword [page_table + eax * 4], 1
    inc dword [faults]
    pop eax
    add esp, 4                    ; the error code
    iretd
function main
    call middle
    call string
    call both
    call beyond
    call beyond
    cmp dword [faults], 100 + 4 + 200 + 2
    jne .wrong
    ret
.wrong:
    ud2
function middle                   ; 1 + 100 * 8 + 1
    mov ecx, 100
.turn:
    away AWAY
    nop
    mov [AWAY + 8], ecx
    nop
    mov eax, [AWAY + 8]
    nop
    loop .turn
    ret
function string                   ; 8 + 2 + 4097 + 1
    away AWAY
    away AWAY + 0x1000
    away AWAY + 0x2000
    away AWAY + 0x3000
    mov edi, AWAY
    mov ecx, 4096
    rep stosd
    ret
function both                     ; 3 + 100 * 8 + 2: two faults of one instruction
    mov ecx, 100
    away AWAY
.turn:
    mov esi, AWAY
    mov edi, AWAY + 0x1000
    away AWAY
    and dword [page_table + (AWAY >> 12) * 4 + 4], ~1
    invlpg [AWAY + 0x1000]
    movsd
    loop .turn
    nop
    ret
function beyond                   ; 6
    mov eax, at_end.second
    shr eax, 12
    and dword [page_table + eax * 4], ~1
    invlpg [at_end.second]
    call at_end
    ret
align 4096
    times 4096 - 3 nop
function at_end
    nop
    mov eax, 1                    ; 3 of its bytes are in the next page
.second equ $ - 1
    ret
align 4096
    times 4096 nop
section .bss
faults: resd 1
