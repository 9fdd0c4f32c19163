; A code segment whose base is not 0, one of 16 bits, and far calls into both.
;= main self 5 calls 1
;= far_away self 303 calls 1
;= @0x200000 self 203 calls 1
%define OWN_SETUP
%include "frame.inc"
BASED equ 24
NARROW equ 32
BASE equ 0x1000
function setup
    mov dword [gdt_own], 0x1000FFFF
    mov dword [gdt_own + 4], 0x00CF9B00
    mov dword [gdt_own + 8], 0x0000FFFF
    mov dword [gdt_own + 12], 0x000F9B20  ; 16 bits, from 0x200000 on
    mov esi, narrow
    mov edi, 0x200000
    mov ecx, narrow_end - narrow
    rep movsb
    ret
function main
    call BASED:far_away - BASE
    call NARROW:0
    nop
    nop
    ret
function far_away                 ; 1 + 100 * 3 + 2
    mov ecx, 100
.turn:
    nop
    dec ecx
    jnz .turn
    nop
    retf
bits 16
function narrow                   ; 1 + 100 * 2 + 2, at 0x200000
    mov cx, 100
.turn:
    nop
    loop .turn
    nop
    o32 retf
narrow_end:
bits 32
