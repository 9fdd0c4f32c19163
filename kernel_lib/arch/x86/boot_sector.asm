; The boot sector: LBA 0 of NAME.img, 512 bytes, run by the BIOS in real mode at 0x7C00.
;
; It loads the kernel image from LBA 1 on to 0x10000, opens the A20 line, asks the BIOS for the
; memory map, checks the image's signature, enters protected mode, copies the image to 1 MB and
; jumps to its first byte with EAX = the signature and EBX = the address of the boot info:
;
;   dword count, then count entries of 20 bytes: base (8), length (8), type (4)   (INT 15h E820)
;
; Where that fails it writes one line "E<n>" to the screen and to COM1, the value 0x20 + n to
; the debug-exit port (wire::Exit::boot_*), and halts:
;
;   E1 disk cannot be read   E2 no FLUD signature   E3 A20 stays closed   E4 no memory map
;
; The dword below 0x7C00 is the low half of the time stamp counter as it was at the start.
;
; kernel_lib/tools/mkimage puts the image's real size into the word before the 0xAA55 mark, so a
; small kernel is loaded in one or two BIOS calls.
bits 16
org 0x7C00

kLoadSegment   equ 0x1000               ; 0x10000; 128 sectors from here end at 0x20000
kImageAddress  equ 0x100000
kSignature     equ 0x464C5544           ; "FLUD", wire::kImageSignature
kBootInfo      equ 0x8000
kMapEntry      equ 20
kMapEntries    equ 64
kSmap          equ 0x534D4150           ; "SMAP"
kScratch       equ 0x0500               ; free word, for the A20 test
kHeads         equ 0x0502               ; word: number of heads, where the geometry is needed
kTries         equ 5
kPacketSectors equ 64                   ; sectors a packet read asks for: 32 KB, halves of a 64 KB
                                        ; block, so that a DMA transfer never crosses a block's end
kDebugExit     equ 0xF4

; Whether the BIOS came here as 0000:7C00 or 07C0:0000 does not matter: all jumps are relative.
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax                          ; holds interrupts off until sp is set
    mov sp, start
    cld
    mov [drive], dl
    rdtsc                               ; stays at the bottom of the stack, for the kernel
    push eax

; INT 13h extensions take a block number. Without them (a floppy, an old BIOS) the geometry is
; needed, and reads go one sector at a time, since a CHS read must not cross a track.
    mov ah, 0x41
    mov bx, 0x55AA
    int 0x13
    jc no_extensions
    cmp bx, 0xAA55
    jne no_extensions
    test cl, 1                          ; bit 0: packet reads
    jnz load
no_extensions:
    mov ah, 8
    call disk_call
    jc disk_error
    and cx, 0x3F
    jz disk_error
    mov [track_sectors], cx
    movzx dx, dh                        ; highest head number
    inc dx
    mov [kHeads], dx
    mov byte [read_sectors], 1

; bp = sectors still to load, ax = sectors of this read. The segment moves on with every read and
; the offset stays 0, so nothing wraps at 64 KB.
load:
    mov bp, [image_sectors]
read_next:
    mov ax, [read_sectors]
    cmp ax, bp
    jbe .sized
    mov ax, bp
.sized:
    mov di, kTries
.try:
    mov [packet.count], ax              ; again in each try: a failed read changes it
    pusha
    call read
    popa
    jnc read_done
    pusha
    xor ah, ah                          ; reset the drive
    call disk_call
    popa
    dec di
    jnz .try
disk_error:
    mov al, '1'
    jmp fail
read_done:
    add [packet.block], ax
    mov cx, ax
    shl ax, 5                           ; a sector is 32 paragraphs
    add [packet.segment], ax
    sub bp, cx
    jnz read_next

    mov ax, kLoadSegment
    mov es, ax
    mov al, '2'
    cmp dword [es:4], kSignature
    je open_a20

; al = digit of the code.
fail:
    mov [digit], al
    sub al, '1' - 0x21
    push ax
    mov dx, 0x3FB                       ; COM1: 115200 8N1
    mov al, 0x80                        ; divisor latch
    out dx, al
    mov dl, 0xF8
    mov al, 1
    out dx, al
    inc dx
    dec ax
    out dx, al
    mov dl, 0xFB
    mov al, 3
    out dx, al
    dec dx
    out dx, al                          ; 3: empty FIFO of 16 bytes, takes the message with no wait
    mov dl, 0xF8
    mov si, message
.next:
    lodsb
    out dx, al
    mov ah, 0x0E
    mov bx, 7
    int 0x10
    cmp al, 10
    jne .next
    pop ax
    out kDebugExit, al
.stop:
    cli
    hlt
    jmp .stop

; Each way of opening A20 is followed by the test that it is open; the test leaves for memory_map.
open_a20:
    call leave_if_a20_open
    mov ax, 0x2401                      ; BIOS
    int 0x15
    call leave_if_a20_open
    in al, 0x92                         ; fast gate
    or al, 2
    and al, 0xFE                        ; bit 0 would reset the machine
    out 0x92, al
    call leave_if_a20_open
    call wait_keyboard                  ; keyboard controller's output port
    mov al, 0xD1
    out 0x64, al
    call wait_keyboard
    mov al, 0xDF
    out 0x60, al
    call leave_if_a20_open
    mov al, '3'
    jmp fail

memory_map:
    xor ebx, ebx
    mov es, bx
    mov di, kBootInfo + 4
    mov [kBootInfo], ebx
.next:
    mov eax, 0xE820
    mov edx, kSmap
    mov ecx, kMapEntry
    int 0x15
    jc .end
    cmp eax, kSmap
    jne .end
    add di, kMapEntry
    inc byte [kBootInfo]
    cmp di, kBootInfo + 4 + kMapEntries * kMapEntry
    je .end
    test ebx, ebx
    jnz .next
.end:
    mov al, '4'
    cmp di, kBootInfo + 4
    je fail

    cli
    lgdt [gdt]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:protected

; Reads packet.count sectors at packet.block to packet.segment:0. Carry set where it failed.
read:
    mov ah, 0x42
    mov si, packet
    cmp word [track_sectors], 0
    je disk_call
    mov es, [packet.segment]
    mov ax, [packet.block]
    xor dx, dx
    div word [track_sectors]
    inc dx
    mov cx, dx                          ; cl = sector, from 1
    xor dx, dx
    div word [kHeads]
    mov ch, al                          ; cylinder: low 8 bits here, bits 8 and 9 in cl
    shl ah, 6
    or cl, ah
    mov dh, dl                          ; head
    xor bx, bx
    mov ax, 0x0201
disk_call:
    db 0xB2                             ; mov dl, the drive that the BIOS named
drive: db 0
    int 0x13
    ret

; With A20 closed FFFF:0510 is 0000:0500. Counting up rules out that they are equal by chance, and
; gives slow hardware time.
leave_if_a20_open:
    xor cx, cx
    mov ax, 0xFFFF
    mov fs, ax
.again:
    inc ax
    mov [kScratch], ax
    cmp [fs:kScratch + 16], ax
    loope .again
    je .closed
    pop ax
    jmp memory_map
.closed:
    ret

wait_keyboard:
    xor cx, cx
.again:
    in al, 0x64
    test al, 2                          ; input buffer full
    loopnz .again
    ret

bits 32
protected:
    mov al, 16                          ; ah is 0: bits 8 to 15 of cr0 are
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esi, kLoadSegment * 16
    mov edi, kImageAddress
    movzx ecx, word [image_sectors]
    shl ecx, 7                          ; dwords in a sector: 128
    rep movsd
    mov eax, kSignature
    mov ebx, kBootInfo
    jmp kImageAddress

message: db 'E'
digit:   db '?', 10

track_sectors: dw 0                     ; 0: the BIOS takes packets
read_sectors:  dw kPacketSectors
packet:        dw 16                    ; size of this packet
.count:        dw 0
               dw 0                     ; offset
.segment:      dw kLoadSegment
.block:        dq 1

; The first descriptor is never used by the processor: it holds what lgdt reads.
gdt:    dw 23
        dd gdt
        dw 0
        dq 0x00CF9B000000FFFF           ; 8: code, 4 GB
        dq 0x00CF93000000FFFF           ; 16: data, 4 GB

times 508 - ($ - $$) db 0
image_sectors: dw 0                     ; by mkimage
dw 0xAA55
