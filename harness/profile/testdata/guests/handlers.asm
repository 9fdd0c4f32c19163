; Handlers as systems have them: stubs that push a number and jump to what they share, which calls;
; one that is interrupted itself; one that returns elsewhere.
;= main self 8 calls 1
;= raises self 602 calls 1
;= stub_a self 200 calls 100
;= stub_b self 200 calls 100
;= shared self 1200 calls 200
;= handle self 400 calls 200
;= outer self 500 calls 100
;= inner self 200 calls 100
;= nests self 302 calls 1
;= leaves self 402 calls 1
;= elsewhere self 200 calls 100
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 0x80, stub_a
    gate 0x81, stub_b
    gate 0x82, outer
    gate 0x83, inner
    gate 0x84, elsewhere
    ret
function stub_a
    push 0x80
    jmp shared
function stub_b
    push 0x81
    jmp shared
function shared                   ; 6
    push eax
    mov eax, [esp + 4]
    call handle
    pop eax
    add esp, 4
    iretd
function handle
    nop
    ret
function outer                    ; 5
    push eax
    nop
    int 0x83
    pop eax
    iretd
function inner
    nop
    iretd
function elsewhere                ; 2
    add dword [esp], 1
    iretd
function main
    call raises
    call nests
    call leaves
    nop
    nop
    nop
    nop
    ret
function raises                   ; 1 + 100 * 6 + 1
    mov ecx, 100
.turn:
    nop
    int 0x80
    nop
    int 0x81
    dec ecx
    jnz .turn
    ret
function nests                    ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    int 0x82
    dec ecx
    jnz .turn
    ret
function leaves                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    int 0x84
    nop                           ; the handler goes on behind this one
    nop
    dec ecx
    jnz .turn
    ret
