; Each kind of instruction across a page: a call, a jump, a branch taken and not, a return, a store,
; a push, an interrupt, a locked one.
;= main self 6 calls 1
;= tail self 3 calls 1
;= caller self 302 calls 1
;= leaf self 100 calls 100
;= jumper self 402 calls 1
;= brancher self 602 calls 1
;= returner self 200 calls 100
;= through self 302 calls 1
;= storer self 702 calls 1
;= stopped self 402 calls 1
;= trap self 100 calls 100
%define OWN_SETUP
%include "frame.inc"
%macro at_end 1                   ; so many bytes of the page are left
align 4096
    times 4096 - %1 nop
%endmacro
function setup
    gate 0x80, trap
    ret
function main
    call caller
    call jumper
    call brancher
    call through
    call tail
    ret
function leaf
    ret
function trap
    iretd
    at_end 9
function caller                   ; 1 + 100 * 3 + 1
    mov ecx, 100                  ; 5
.turn:
    nop                           ; 1: 3 of the 5 bytes of the call are before the end
    call leaf
    loop .turn
    ret
    at_end 8
function jumper                   ; 1 + 100 * 4 + 1
    mov ecx, 100
.turn:
    nop
    jmp near .there               ; 2 + 3
.there:
    nop
    loop .turn
    ret
    at_end 13
function brancher                 ; 1 + 100 * 6 + 1: a branch that is taken, and one that is not
    mov ecx, 100                  ; 5
.turn:
    nop                           ; 6
    test ecx, ecx                 ; 8
    jnz near .taken               ; 6 bytes: 5 are before the end
.taken:
    cmp ecx, 0                    ; not taken, in the next page
    jz near .never
    loop .turn
    ret
.never:
    ud2
    at_end 3
function returner                 ; 2
    nop
    ret 0                         ; 3 bytes: 2 before the end
function through                  ; 1 + 100 * 3 + 1
    mov ecx, 100
.turn:
    nop
    call returner
    loop .turn
    ret
function tail
    call storer
    call stopped
    ret
    at_end 14
function storer                   ; 1 + 100 * 7 + 1
    mov ecx, 100                  ; 5
.turn:
    nop                           ; 6
    mov [room], ecx               ; 6 bytes, 12
    nop                           ; 13
    lock inc dword [room]         ; 7 bytes: 1 before the end
    push ecx
    pop edx
    loop .turn
    ret
    at_end 8
function stopped                  ; 1 + 100 * 4 + 1
    mov ecx, 100                  ; 5
.turn:
    nop
    nop                           ; 7
    int 0x80                      ; 1 + 1
    loop .turn
    ret
section .bss
room: resd 1
