; A return that returns to itself a hundred times: each turn is one.
;= main self 5 calls 1
;= returns self 106 calls 1
;= pops self 302 calls 1
%include "frame.inc"
function main
    call returns
    call pops
    nop
    nop
    ret
function returns                  ; 3 + 101 + 2
    mov edx, esp
    mov esp, addresses
    nop
.turn:
    ret                           ; a hundred times to itself, then on
.on:
    mov esp, edx
    ret
function pops                     ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    push ecx
    pop ecx
    loop .turn
    ret
section .data
addresses:
    times 100 dd returns.turn
    dd returns.on
