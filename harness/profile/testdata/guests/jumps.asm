; Ways to go elsewhere: tail calls, a call of the next instruction, an address that is pushed and
; returned to, a table of functions, a longjmp over three frames, an entry with a loop to itself.
;= main self 11 calls 1
;= tails self 2 calls 1
;= tail_b self 2 calls 1
;= tail_c self 2 calls 1
;= position self 3 calls 1
;= by_return self 2 calls 1
;= target self 2 calls 1
;= by_table self 132 calls 1
;= zero self 10 calls 10
;= one self 20 calls 10
;= two self 30 calls 10
;= outer self 2 calls 1
;= back self 2 calls 1
;= middle self 2 calls 1
;= inner self 3 calls 1
;= loops self 301 calls 1
;= conditional self 2 calls 1
;= after self 1 calls 1
%include "frame.inc"
function main
    call tails
    call position
    call by_return
    call by_table
    call outer
    mov ecx, 100
    call loops
    xor eax, eax
    call conditional
    nop
    ret
function tails
    nop
    jmp tail_b
function tail_b
    nop
    jmp near [.there]
.there: dd tail_c
function tail_c
    nop
    ret
function position                 ; where am I?
    call .here
.here:
    pop eax
    ret
function by_return
    push target
    ret
function target
    nop
    ret
function by_table                 ; 1 + 10 * (1 + 3 * 3 + 3) + 1
    mov ebx, 10
.turn:
    mov ecx, 3
.next:
    call [table + 4 * ecx - 4]
    dec ecx
    jnz .next
    dec ebx
    nop
    jnz .turn
    ret
function zero
    ret
function one
    nop
    ret
function two
    nop
    nop
    ret
function outer
    mov [saved], esp
    call middle
    ud2
function back
    nop
    ret
function middle
    nop
    call inner
    ud2
function inner
    mov esp, [saved]
    nop
    jmp back
function loops                    ; its entry is where its loop goes
    nop
    dec ecx
    jnz loops
    ret
function conditional
    test eax, eax
    jz after                      ; a tail call on a condition
    ud2
function after
    ret
section .data
table: dd zero, one, two
section .bss
saved: resd 1
