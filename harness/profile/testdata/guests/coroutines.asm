; Two coroutines that take turns on stacks of their own, 2 MiB apart, and a stack that is moved on
; the way.
;= main self 6 calls 1
;= switch self 240 calls 40
;= on_own self 5 calls 1
;= first self 62 calls 1
;= second self 78 calls 1
;= move self 6 calls 1
;= leaf self 1 calls 1
%include "frame.inc"
FIRST equ 0x400000
SECOND equ 0x600000
function main
    mov dword [SECOND - 4], second
    mov dword [other], SECOND - 8
    call on_own
    call move
    nop
    ret
function on_own                   ; 5
    mov [saved], esp
    mov esp, FIRST
    call first
    mov esp, [saved]
    ret
function switch                   ; 6: to the other, where it stopped
    push ebp
    xchg esp, [other]
    pop ebp
    nop
    nop
    ret
function first                    ; 1 + 20 * 3 + 1
    mov ecx, 20
.turn:
    call switch
    dec ecx
    jnz .turn
    ret
function second                   ; 1 + 20 + 19 * 3
    mov edx, 100
.turn:
    call switch
    nop
    dec edx
    jnz .turn
    ud2
function move                     ; 6
    mov eax, esp
    mov esp, 0x500000
    push eax
    call leaf
    pop esp
    ret
function leaf
    ret
section .bss
saved: resd 1
other: resd 1
section .text
