; The empty guest: its first act is to end QEMU by the debug exit, with the value of a pass. One of
; three images, by -D:
;
;   BOOT_SECTOR   a raw disk of 64 KiB
;   MULTIBOOT     an ELF file for i386 with a multiboot header
;   PVH           the same with no such header, entered by its note: QEMU takes multiboot where it
;                 finds both
;
; Sources: ELF-32 Object File Format, figures 1-3 and 2-1; Multiboot Specification 0.6.96, 3.1; Xen
; docs/misc/pvh.pandoc.
kExitPass  equ 0x10                     ; wire::Exit::pass
kDebugExit equ 0xF4                     ; wire::kDebugExitPort

; The same bytes in 16 and in 32 bit mode.
%macro end_qemu 0
    mov al, kExitPass
    out kDebugExit, al
    jmp short $                         ; QEMU ends a little later
%endmacro

%ifdef BOOT_SECTOR

bits 16
    end_qemu
    times 510 - ($ - $$) db 0
    dw 0xAA55
    times 65536 - ($ - $$) db 0

%else

bits 32
org 0x100000
kMultiboot      equ 0x1BADB002
kXenPhys32Entry equ 18                  ; XEN_ELFNOTE_PHYS32_ENTRY

; One segment that holds the whole file, and the note.
file:
    db 0x7F, "ELF", 1, 1, 1             ; 32 bits, little-endian, current version
    times 16 - ($ - file) db 0
    dw 2, 3                             ; ET_EXEC, EM_386
    dd 1                                ; version
    dd entry
    dd segments - file
    dd 0, 0                             ; sections, flags
    dw 52, 32, 2                        ; bytes of this header, of a segment's; segments
    dw 0, 0, 0                          ; no sections
segments:
    dd 1, 0, file, file                 ; PT_LOAD: offset, virtual address, physical address
    dd file_end - file, file_end - file
    dd 4 | 1, 0                         ; readable, executable
    dd 4, note - file, note, note       ; PT_NOTE
    dd note_end - note, note_end - note
    dd 0, 4                             ; QEMU rounds the lengths in the note up to this alignment

    times 0x80 - ($ - file) db 0
%ifdef MULTIBOOT
    dd kMultiboot, 0, -kMultiboot       ; no flags
%endif
    times 0x90 - ($ - file) db 0
note:
    dd 4, 4, kXenPhys32Entry            ; bytes of name and value
    db "Xen", 0
    dd entry
    times 0xB0 - ($ - file) db 0
note_end:
entry:
    end_qemu
file_end:

%endif
