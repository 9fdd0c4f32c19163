; Code on the stack, a table of places within a function, functions that fall into the next one, and
; a return to the address that a caller has changed.
;= main self 8 calls 1
;= on_stack self 6 calls 1
;= by_places self 652 calls 1
;= falls self 2 calls 1
;= fell self 3 calls 1
;= changes self 3 calls 1
%include "frame.inc"
function main                     ; 8, of which the change skips one
    call on_stack
    call by_places
    call falls
    call changes
    nop
    nop
    nop
    nop
    ret
function on_stack                 ; 6, and 4 on the stack
    push 0xC3909090               ; nop, nop, nop, ret
    mov eax, esp
    call eax
    add esp, 4
    nop
    ret
function by_places                ; 1 + 100 * 5 + 25 * (3 + 2 + 1) + 1
    mov ecx, 100
.turn:
    mov eax, ecx
    and eax, 3
    jmp [.places + 4 * eax]
.zero:
    nop
.one:
    nop
.two:
    nop
.three:
    dec ecx
    jnz .turn
    ret
.places: dd .zero, .one, .two, .three
function falls
    nop
    nop
function fell
    nop
    nop
    ret
function changes
    inc dword [esp]
    nop
    ret
