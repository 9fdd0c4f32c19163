; The three ways into the kernel, and what must happen before C++ can run.
;
;   disk        our boot sector jumped to the image's first byte: EAX = "FLUD", EBX = boot info
;   multiboot   Multiboot 1, also QEMU's -kernel:                 EAX = 0x2BADB002, EBX = its info
;   pvh         the Xen PVH boot protocol (microvm, qboot):       EBX = hvm_start_info
;
; All three arrive in 32-bit protected mode with flat segments, no paging and interrupts off, but
; with a GDT that may be gone and a stack that is not ours.
;
; Sources: Multiboot Specification 0.6.96, sections 3.1 and 3.2; Xen docs/misc/pvh.pandoc.
bits 32

kSignature      equ 0x464C5544          ; "FLUD", wire::kImageSignature
kMultiboot      equ 0x1BADB002
kMultibootFlags equ 1 << 1              ; wants the memory map
kXenPhys32Entry equ 18                  ; XEN_ELFNOTE_PHYS32_ENTRY

; As in arch/x86/layout.h.
kStackBottom    equ 0x80000
kStackTop       equ 0x90000
kStackPaint     equ 0x5AA5C33C

kDisk           equ 0                   ; wire::BootPath
kMultibootPath  equ 1
kPvh            equ 2

extern kernel_start
extern bss_start
extern bss_end
extern image_end

section .header progbits alloc exec nowrite align=4
image_header:
    jmp short disk_entry
    align 4, nop
    dd kSignature                       ; byte 4: the boot sector looks for it
multiboot_header:
    dd kMultiboot
    dd kMultibootFlags
    dd -(kMultiboot + kMultibootFlags)

; The time stamp is the first thing an entry takes; eax, which holds the loader's magic number, is
; put away for it.
%macro enter 1
    mov esi, eax
    lfence
    rdtsc
    mov ecx, %1
%endmacro

disk_entry:
    enter kDisk
    jmp short enter_kernel
global multiboot_entry
multiboot_entry:
    enter kMultibootPath
    jmp short enter_kernel
pvh_entry:
    enter kPvh

enter_kernel:
    cli
    cld
    cmp dword [image_end - 4], kSignature
    jne image_cut_off
    lgdt [gdt_pointer]
    jmp 8:.reload
.reload:
    mov esp, 16
    mov ds, esp
    mov es, esp
    mov fs, esp
    mov gs, esp
    mov ss, esp
    mov esp, kStackTop
    ; EntryRecord (arch/x86/entry_record.h), last member first. The stack is aligned to 16 at the call.
    push ecx                            ; fill
    push esi                            ; magic
    push ebx                            ; info
    push ecx                            ; path
    push edx                            ; tsc
    push eax

    ; Paint what is left of the stack, so that used stack can be told from unused.
    mov eax, kStackPaint
    mov edi, kStackBottom
    lea ecx, [esp - kStackBottom]
    shr ecx, 2
    rep stosd

    ; Loaders of an ELF file clear .bss; our boot sector does not know of it.
    cmp dword [esp + 8], kDisk
    jne .cleared
    xor eax, eax
    mov edi, bss_start
    mov ecx, bss_end
    sub ecx, edi
    shr ecx, 2
    rep stosd
.cleared:
    xor ebp, ebp                        ; ends a backtrace
    mov eax, esp
    push ebp
    push eax
    call kernel_start                   ; does not return

; The end of the image is not where it should be. As a failure in the boot sector, which knew no
; better: E2 to the screen and to COM1 (115200 8N1, FIFO), wire::Exit::boot_bad_signature.
image_cut_off:
    mov dword [0xB8000], 0x07320745     ; "E2", light gray
    mov dx, 0x3FB
    mov al, 0x80                        ; divisor latch
    out dx, al
    mov dl, 0xF8
    mov al, 1
    out dx, al
    inc edx
    dec eax
    out dx, al
    mov dl, 0xFB
    mov al, 3                           ; 8N1
    out dx, al
    dec edx
    out dx, al                          ; 3: empty FIFO, takes the message with no wait
    mov dl, 0xF8
    mov al, 'E'
    out dx, al
    mov al, '2'
    out dx, al
    mov al, 10
    out dx, al
    mov al, 0x22
    out 0xF4, al
.stop:
    cli
    hlt
    jmp .stop

section .rodata progbits alloc noexec nowrite align=4
; The descriptors' "accessed" bit is set beforehand, so that the processor never writes here.
gdt:
    dq 0
    dq 0x00CF9B000000FFFF               ; 8: code, 4 GB
    dq 0x00CF93000000FFFF               ; 16: data, 4 GB
gdt_pointer:
    dw $ - gdt - 1
    dd gdt

section .note.Xen note alloc noexec nowrite align=4
    dd 4, 4, kXenPhys32Entry
    db "Xen", 0
    dd pvh_entry
