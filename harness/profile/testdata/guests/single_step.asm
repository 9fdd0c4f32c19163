; A handler of the single step, one trap for each instruction; and a breakpoint of the processor on
; data.
;= main self 4 calls 1
;= stepped self 48 calls 1
;= watched self 38 calls 1
;= step self 159 calls 53
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 1, step
    ret
function step                     ; 3
    inc dword [steps]
    nop
    iretd
function main
    call stepped
    call watched
    nop
    ret
function stepped                  ; 4 + 10 * 4 + 4
    pushfd
    or dword [esp], 0x100
    mov ecx, 10
    popfd                         ; each behind this one traps, to the next popfd with it
.turn:
    nop
    lea eax, [eax + 1]
    dec ecx
    jnz .turn
    pushfd
    and dword [esp], ~0x100
    popfd
    ret
function watched                  ; 5 + 10 * 3 + 3
    mov eax, room
    mov dr0, eax
    mov eax, 0x000D0002           ; writes of four bytes
    mov dr7, eax
    mov ecx, 10
.turn:
    mov [room], ecx
    nop
    loop .turn
    xor eax, eax
    mov dr7, eax
    ret
section .bss
steps: resd 1
room: resd 1
