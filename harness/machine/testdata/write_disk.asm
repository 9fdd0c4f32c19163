; A disk image whose boot sector overwrites itself through the firmware, reads it back, and says
; on the serial port whether the disk took it.
bits 16
org 0x7C00

COM1       equ 0x3F8
DEBUG_EXIT equ 0xF4
BUFFER     equ 0x8000

start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, start
    mov di, BUFFER
    mov cx, 256
    mov ax, 'WR'
    rep stosw

    mov ax, 0x0301                ; write one sector,
    call transfer
    jc failed
    mov word [BUFFER], 0
    mov ax, 0x0201                ; and read it back
    call transfer
    jc failed
    cmp word [BUFFER], 'WR'
    jne failed
    mov si, written
    jmp say
failed:
    mov si, refused
say:
    lodsb
    test al, al
    jz done
    mov dx, COM1
    out dx, al
    jmp say
done:
    mov al, 0x10                  ; wire::Exit::pass
    out DEBUG_EXIT, al
.spin:
    jmp .spin

transfer:                         ; cylinder 0, head 0, sector 1 of the disk that dl names
    mov bx, BUFFER
    mov cx, 1
    mov dh, 0
    int 0x13
    ret

written: db "written", 10, 0
refused: db "refused", 10, 0

times 510 - ($ - $$) db 0
dw 0xAA55
times 1 << 20 db 0                ; SeaBIOS boots from no smaller disk
