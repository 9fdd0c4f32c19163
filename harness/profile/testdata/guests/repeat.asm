; String instructions: over pages, with a count of none, that end early, with a prefix on what does
; not repeat, backwards. Under -icount each turn is one, and one more that finds it done (what ends
; early has no such one).
;= main self 9 calls 1
;= over_pages self 24586 calls 1
;= none self 20 calls 1
;= early self 30 calls 1
;= backwards self 107 calls 1
;= not_repeated self 3 calls 1
%include "frame.inc"
function main
    call over_pages
    call none
    call early
    call backwards
    mov esi, room
    mov edi, room + 64
    call not_repeated
    mov eax, ebx
    ret
function over_pages               ; 3 + 8193 + 3 + 16385 + 2
    mov esi, room
    mov edi, room + 8192
    mov ecx, 8192
    rep movsb
    mov edi, room + 5
    mov ecx, 16384
    xor eax, eax
    rep stosb
    cmp ecx, 0
    ret
function none
    mov edx, 3
.turn:
    xor ecx, ecx
    rep movsb
    rep stosd
    repe cmpsb
    dec edx
    jnz .turn
    ret
function early
    mov edi, room
    mov byte [room + 9], 7
    mov al, 7
    mov ecx, 100
    repne scasb                   ; 10 turns
    mov esi, room
    mov edi, room + 20000
    mov ecx, 100
    repe cmpsb                    ; 10 turns
    nop
    nop
    ret
function backwards                ; 3 + 101 + 3
    std
    mov edi, room + 4000
    mov ecx, 100
    rep stosd
    cld
    nop
    ret
function not_repeated
    mov ecx, 5
    rep nop                       ; pause
    rep ret
section .bss
room: resb 24576
