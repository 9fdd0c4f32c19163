; Says something, draws something, and then never does anything again.
%include "guest.inc"
start:
    mov dword [0xB8000], 0x0C210C21   ; "!!" in light red
    print text
    cli
.halt:
    hlt
    jmp .halt
text: db "and now silence", 10, 0
