; Turns the machine off by ACPI, without a word on how things went.
%include "guest.inc"

PM1_CONTROL  equ 0x604            ; where SeaBIOS puts it on the pc machine
SLEEP_ENABLE equ 1 << 13          ; sleep type 0 there is soft-off

start:
    print text
    mov dx, PM1_CONTROL
    mov ax, SLEEP_ENABLE
    out dx, ax
.spin:
    jmp .spin
text: db "switching off", 10, 0
