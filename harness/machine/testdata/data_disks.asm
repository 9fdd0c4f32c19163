; A kernel that says what the first two IDE disks begin with, and overwrites the first of them.
%include "guest.inc"

DATA     equ 0x1F0                ; primary channel; ATA-1 names the registers behind it
SELECT   equ 0x1F6
STATUS   equ 0x1F7                ; and command
BUSY     equ 0x80
REQUEST  equ 0x08
READ     equ 0x20
WRITE    equ 0x30

start:
    mov bl, 0xE0                  ; LBA, master
    call read
    mov bl, 0xF0                  ; LBA, slave
    call read
    mov bl, 0xE0
    mov bh, WRITE
    call command
    mov esi, overwritten
    mov ecx, 256
    mov dx, DATA
    rep outsw
    mov bl, 0xE0
    call read
    exit_with EXIT_PASS

read:
    mov bh, READ
    call command
    mov edi, buffer
    mov ecx, 256
    mov dx, DATA
    rep insw
    mov byte [buffer + 8], 0
    print buffer
    print line_end
    ret

; bh to the disk of bl, sector 0, one of them; waits until it takes or gives data.
command:
    mov dx, STATUS
.busy:                            ; with the command before, whose registers these are
    in al, dx
    test al, BUSY
    jnz .busy
    mov dx, SELECT
    mov al, bl
    out dx, al
    mov dx, 0x1F2
    mov al, 1
    out dx, al
    xor al, al
    inc dx
    out dx, al
    inc dx
    out dx, al
    inc dx
    out dx, al
    mov dx, STATUS
    mov al, bh
    out dx, al
.wait:
    in al, dx
    test al, BUSY
    jnz .wait
    test al, REQUEST
    jz .wait
    ret

line_end: db 10, 0
overwritten: db "written", 0
times 512 - 8 db 0
buffer: times 512 db 0
