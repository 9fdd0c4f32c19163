; Interrupts that come wherever they come: in loops, in strings, in calls, in device memory.
;= machine pc
;= anyhow tick
;= main self 9 calls 1
;= init_timer self 19 calls 1
;= looping self 2000002 calls 1
;= strings self 400142 calls 1
;= calling self 600002 calls 1
;= leaf self 400000 calls 200000
;= drawing self 80002 calls 1
%define OWN_SETUP
%include "frame.inc"
%include "timer.inc"
count_ticks
function main
    sti
    call looping
    call strings
    call calling
    call drawing
    cli
    cmp dword [ticks], 0
    je .wrong
    ret
.wrong:
    ud2
function looping                  ; 1 + 2 * 1000000 + 1
    mov ecx, 1000000
.turn:
    dec ecx
    jnz .turn
    ret
function strings                  ; 1 + 20 * (4 + 20001 + 2) + 1
    mov edx, 20
.turn:
    mov esi, room
    mov edi, room + 1
    mov ecx, 20000
    cld
    rep movsb
    dec edx
    jnz .turn
    ret
function calling                  ; 1 + 200000 * 3 + 1
    mov ecx, 200000
.turn:
    call leaf
    dec ecx
    jnz .turn
    ret
function leaf
    nop
    ret
function drawing                  ; 1 + 20000 * 4 + 1
    mov ecx, 20000
.turn:
    mov [0xB8000], ecx
    mov eax, [0xB8000]
    dec ecx
    jnz .turn
    ret
section .bss
ticks: resd 1
room: resb 20008
section .text
