; Draws on the text screen, closes its protocol, and waits to be released before it ends.
%include "guest.inc"
start:
    mov edi, 0xB8000
    mov esi, cells
    mov ecx, cells.end - cells
    rep movsb
    print text
    call wait_for_byte
    exit_with EXIT_PASS
cells: db 'h', 0x0A, 'e', 0x0A, 'l', 0x0E, 'd', 0x0F
.end:
text: db "held", 10, "[END] status=pass lines=1 crc=00000000", 10, 0
