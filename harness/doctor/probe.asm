; The probe's guest (probe.h): says "probe ", counts down from a million, says its cycle counter in 8
; letters, and leaves by the debug exit with the value of a pass.
;
; Multiboot 1 with the address fields, which lets QEMU's -kernel load a flat file (Multiboot
; Specification 0.6.96, 3.1).
bits 32
org 0x100000

kExitPass     equ 0x10                  ; wire::Exit::pass
kDebugExit    equ 0xF4                  ; wire::kDebugExitPort
kCom1         equ 0x3F8
kMagic        equ 0x1BADB002
kHasAddresses equ 1 << 16

header:
    dd kMagic, kHasAddresses, -(kMagic + kHasAddresses)
    dd header                           ; header_addr
    dd header                           ; load_addr
    dd 0                                ; load_end_addr: the whole file
    dd 0                                ; bss_end_addr: no bss
    dd entry

entry:
    mov dx, kCom1
    mov esi, greeting
.next:
    lodsb
    test al, al
    jz .count
    out dx, al
    jmp short .next
.count:
    mov ecx, 1000000
    loop $
    rdtsc
    mov dx, kCom1                       ; rdtsc wrote edx
    mov ecx, 8
.digit:
    rol eax, 4
    mov ebx, eax
    and al, 15
    add al, 'A'
    out dx, al
    mov eax, ebx
    loop .digit
    mov al, kExitPass
    out kDebugExit, al
    jmp short $                         ; QEMU ends a little later

    times 0x60 - ($ - header) db 0
greeting:
    db "probe ", 0                      ; kGreeting (probe.cpp)
