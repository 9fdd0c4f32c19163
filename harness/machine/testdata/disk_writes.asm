; A kernel that writes sector 5, flushes, and writes sector 6, and says so before and after each.
%include "guest.inc"

DATA     equ 0x1F0                ; primary channel; ATA-1 names the registers behind it
SELECT   equ 0x1F6
STATUS   equ 0x1F7                ; and command
BUSY     equ 0x80
REQUEST  equ 0x08
WRITE    equ 0x30
FLUSH    equ 0xE7

start:
    print before
    mov bl, 5
    call write
    print between
    mov dx, SELECT
    mov al, 0xE0
    out dx, al
    mov dx, STATUS
    mov al, FLUSH
    out dx, al
    call idle
    print flushed
    mov bl, 6
    call write
    print after
    exit_with EXIT_PASS

; The buffer to sector bl.
write:
    call idle
    mov dx, SELECT
    mov al, 0xE0                  ; LBA, master
    out dx, al
    mov dx, 0x1F2
    mov al, 1
    out dx, al
    inc dx
    mov al, bl
    out dx, al
    xor al, al
    inc dx
    out dx, al
    inc dx
    out dx, al
    mov dx, STATUS
    mov al, WRITE
    out dx, al
.wait:
    in al, dx
    test al, BUSY
    jnz .wait
    test al, REQUEST
    jz .wait
    mov esi, buffer
    mov ecx, 256
    mov dx, DATA
    rep outsw
idle:
    mov dx, STATUS
.busy:
    in al, dx
    test al, BUSY
    jnz .busy
    ret

before:  db "before", 10, 0
between: db "between", 10, 0
flushed: db "flushed", 10, 0
after:   db "after", 10, 0
buffer:  times 512 db 'w'
