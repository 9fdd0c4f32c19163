; Code that is copied and run in three places, none of which a file shows: one lies across a page,
; and one is run in again. It calls a function that has a name.
;= main self 12 calls 1
;= copy self 92 calls 4
;= leaf self 100 calls 50
;= @0x200000 self 126 calls 3
;= @0x200ff8 self 42 calls 1
;= @0x201400 self 42 calls 1
%include "frame.inc"
function main                     ; 12
    mov edi, 0x200000
    call copy
    mov edi, 0x200FF8             ; across a page
    call copy
    mov edi, 0x201400
    call copy
    mov edi, 0x200000             ; in the first place again
    call copy
    mov eax, 0x200000
    call eax
    nop
    ret
function copy                     ; 4 + 16 turns and one + 2
    mov ecx, body_end - body
    mov esi, body
    mov ebx, edi
    cld
    rep movsb
    call ebx
    ret
function leaf
    nop
    ret
function body                     ; 1 + 10 * 4 + 1, never here
    mov ecx, 10
.turn:
    mov eax, leaf
    call eax
    dec ecx
    jnz .turn
    ret
body_end:
