; Prints how many ticks a loop of 1000 turns took, and the year of the battery clock. With a
; counted clock both are the same in every boot.
%include "guest.inc"

CMOS_INDEX equ 0x70
CMOS_DATA  equ 0x71
CMOS_YEAR  equ 9

start:
    rdtsc
    mov ebx, eax
    mov ecx, 1000
.turn:
    loop .turn
    rdtsc
    sub eax, ebx
    mov ebx, eax
    print ticks
    mov eax, ebx
    call put_hex
    print year
    mov al, CMOS_YEAR
    out CMOS_INDEX, al
    xor eax, eax
    in al, CMOS_DATA
    call put_hex
    print line_end
    rdtsc
    call put_hex
    print line_end
    exit_with EXIT_PASS
ticks:    db "ticks ", 0
year:     db " year ", 0
line_end: db 10, 0
