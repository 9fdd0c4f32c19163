; A guest that halts until a timer interrupts it, fifty times, and counts beside.
;= machine pc
;= main self 2 calls 1
;= waiter self 25203 calls 1
;= init_timer self 19 calls 1
;= tick self 300 calls 50
;= waits
%define OWN_SETUP
%include "frame.inc"
%include "timer.inc"
count_ticks
function main
    call waiter
    ret
function waiter                     ; 1 + 50 * (1 + 250 * 2 + 3) + 2
    sti
.turn:
    mov ecx, 250
.work:
    dec ecx
    jnz .work
    hlt
    cmp dword [ticks], 50
    jb .turn
    cli
    ret
section .bss
ticks: resd 1
section .text
