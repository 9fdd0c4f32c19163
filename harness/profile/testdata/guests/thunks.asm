; Calls by way of a thunk that returns to where it was told (a retpoline), and subroutines without a
; name within a function.
;= main self 3 calls 1
;= caller self 402 calls 1
;= thunk self 300 calls 100
;= target self 200 calls 100
;= within self 802 calls 1
%include "frame.inc"
function main
    call caller
    call within
    ret
function caller                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    mov eax, target
    call thunk
    dec ecx
    jnz .turn
    ret
function thunk                    ; call, mov, ret: 3
    call .there
.trap:
    pause
    jmp .trap
.there:
    mov [esp], eax
    ret
function target
    nop
    ret
function within                   ; 1 + 100 * (4 + 2 * 2) + 1
    mov ecx, 100
.turn:
    call .part
    call .part
    dec ecx
    jnz .turn
    ret
.part:
    nop
    ret
