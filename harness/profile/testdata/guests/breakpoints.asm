; A breakpoint of the processor on an instruction, which traps before it and is passed by the flag
; that lets it be executed.
;= main self 5 calls 1
;= stopped self 406 calls 1
;= trap self 400 calls 100
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 1, trap
    ret
function trap                     ; 4
    or dword [esp + 8], 0x10000   ; resume
    mov dr6, eax
    nop
    iretd
function main
    mov eax, stopped.here
    mov dr0, eax
    call stopped
    nop
    ret
function stopped                  ; 3 + 100 * 4 + 3
    mov eax, 2
    mov dr7, eax
    mov ecx, 100
.turn:
    nop
.here:
    nop
    dec ecx
    jnz .turn
    xor eax, eax
    mov dr7, eax
    ret
