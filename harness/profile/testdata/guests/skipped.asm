; Faults whose handlers go on behind the instruction: it was not executed, and does not count (what
; has no meaning at all, ud2 and int count, by the convention of -icount).
;= main self 8 calls 1
;= protected self 202 calls 1
;= divided self 402 calls 1
;= meaningless self 302 calls 1
;= breakpoint self 302 calls 1
;= skip_6 self 300 calls 100
;= skip_bad self 200 calls 100
;= skip_2_alone self 200 calls 100
;= just_return self 100 calls 100
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 0, skip_2_alone
    gate 3, just_return
    gate 6, skip_bad
    gate 13, skip_6
    ret
function skip_6                   ; 3: with an error code
    add esp, 4
    add dword [esp], 6
    iretd
function skip_2_alone             ; 2
    add dword [esp], 2
    iretd
function skip_bad            ; 2
    add dword [esp], 2
    iretd
function just_return
    iretd
function main
    mov eax, 0x1000
    call protected
    call divided
    call meaningless
    call breakpoint
    nop
    nop
    ret
function protected                ; 1 + 100 * (1 + 1) + 1: the load in between does not count
    mov ecx, 100
.turn:
    nop
    mov fs, [number]              ; 6 bytes
    loop .turn
    ret
function divided                  ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    xor ebx, ebx
    nop
    div ebx                       ; 2 bytes
    nop
    loop .turn
    ret
function meaningless              ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    nop
    ud2
    loop .turn
    ret
function breakpoint               ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    nop
    int3
    loop .turn
    ret
section .data
number: dd 0x1000                 ; a selector beyond the table
