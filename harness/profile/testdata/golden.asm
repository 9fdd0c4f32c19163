; A guest whose every function executes a number of instructions that can be counted by hand; the
; comment behind each says it. Two assemblies of one text: with WIDE, 64-bit code behind a PVH entry,
; else 32-bit code behind a multiboot header.
;
; It writes the ticks that `measured` found, as 4 bytes, and ends with the pass value.

COM1       equ 0x3F8
DEBUG_EXIT equ 0xF4
EXIT_PASS  equ 0x10

%ifdef WIDE
  %define A rax
  %define B rbx
  %define DI rdi
  %define SP rsp
  %define WORD_SIZE 8
%else
  %define A eax
  %define B ebx
  %define DI edi
  %define SP esp
  %define WORD_SIZE 4
%endif

%ifdef WIDE
section .note.Xen note alloc noexec nowrite align=4
    dd 4, 4, 18                   ; XEN_ELFNOTE_PHYS32_ENTRY
    db "Xen", 0
    dd entry
section .text
%else
section .text
    dd 0x1BADB002, 0, -0x1BADB002 ; multiboot 1
%endif

bits 32
global entry:function
entry:
    lgdt [gdt_pointer]
    lidt [idt_pointer]
    mov eax, trap                 ; the gate of vector 0x80
    mov [idt + 0x80 * 2 * WORD_SIZE], ax
    shr eax, 16
    mov [idt + 0x80 * 2 * WORD_SIZE + 6], ax
%ifdef WIDE
    mov eax, cr4
    or eax, 1 << 5                ; physical address extension
    mov cr4, eax
    mov eax, level_4
    mov cr3, eax
    mov ecx, 0xC0000080           ; EFER
    rdmsr
    or eax, 1 << 8                ; long mode
    wrmsr
    mov eax, cr0
    or eax, 1 << 31               ; paging
    mov cr0, eax
%endif
    jmp 8:begin

%ifdef WIDE
bits 64
%endif
global begin:function
begin:
    mov esp, stack_end
    mov eax, 16
    mov ds, eax
    mov es, eax
    mov ss, eax
    call main
    mov al, EXIT_PASS
    out DEBUG_EXIT, al
; QEMU before 9.1 ends within that instruction; later ones let the guest go on until they do.
global spin:function
spin:
    jmp spin

global main:function
main:                             ; 25
    call loop_1000
    call loop_1000
    call loop_1000
    call draw
    call fill
    mov eax, leaf
    call A                        ; through a register
    call [pointer]                ; through memory
    call tail
    int 0x80
    mov ecx, 5
    call recursion
    call late
    call cross
    call patch
    call measured
    mov dx, COM1
    out dx, al
    shr eax, 8
    out dx, al
    shr eax, 8
    out dx, al
    shr eax, 8
    out dx, al
    ret

global loop_1000:function
loop_1000:                        ; 2002
    mov ecx, 1000
.turn:
    dec ecx
    jnz .turn
    ret

; Device memory: QEMU leaves the translated block behind each of these, and goes on in another.
global draw:function
draw:                             ; 25
%assign i 0
%rep 8
    mov dword [0xB8000 + 4 * i], 0x07410742
    nop
    nop
  %assign i i + 1
%endrep
    ret

; Under -icount each turn of a repeated instruction is one, and one more that finds it done.
global fill:function
fill:                             ; 105
    mov edi, room
    mov ecx, 100
    xor eax, eax
    rep stosb
    ret

global leaf:function
leaf:                             ; 1
    ret

; A tail call: leaf returns to main.
global tail:function
tail:                             ; 2
    nop
    jmp leaf

global trap:function
trap:                             ; 3
    push A
    pop A
%ifdef WIDE
    iretq
%else
    iretd
%endif

global recursion:function
recursion:                        ; 5 times 2, 4 times a call, 5 times ret: 19
    dec ecx
    jz .done
    call recursion
.done:
    ret

; Jumps into the middle of a function, which jumps back into the middle of this one.
global late:function
late:                             ; 3
    nop
    jmp early.middle
.back:
    ret
global early:function
early:                            ; 2
    nop
.middle:
    nop
    jmp late.back

; The first instruction of the turn's block is not the one that reaches into the next page: QEMU
; drops that from the block, after the plugin has seen it.
align 4096
    times 4096 - 5 - 3 nop
global cross:function
cross:                            ; 1 + 1000 * 4 + 1 = 4002
    mov ecx, 1000
.turn:
    nop
    mov eax, 1                    ; crosses
    dec ecx
    jnz .turn
    ret

; A store into its own block: QEMU drops the block, and repeats the store in one of its own.
global patch:function
patch:                            ; 1 + 1000 * 4 + 1 = 4002
    mov ecx, 1000
.turn:
    mov [.value + 1], cl
.value:
    mov al, 0
    dec ecx
    jnz .turn
    ret

; What lies between two readings of the time stamp, by the guest's own clock.
global measured:function
measured:                         ; 6, and loop_1000 below it
    rdtsc
    mov ebx, eax
    call loop_1000
    rdtsc
    sub eax, ebx
    ret

section .data
align 16
pointer: dq leaf
gdt:
    dq 0
%ifdef WIDE
    dq 0x00209B0000000000         ; 64-bit code
%else
    dq 0x00CF9B000000FFFF         ; flat 32-bit code
%endif
    dq 0x00CF93000000FFFF         ; flat data
gdt_pointer:
    dw gdt_pointer - gdt - 1
    dq gdt
align 16
idt:
%rep 0x81
    dd 8 << 16, 0x8E00
%ifdef WIDE
    dd 0, 0
%endif
%endrep
idt_pointer:
    dw idt_pointer - idt - 1
    dq idt

%ifdef WIDE
; One level of each, one to one: 2 MiB from 0 on.
align 4096
level_4: dq level_3 + 3
    times 511 dq 0
level_3: dq level_2 + 3
    times 511 dq 0
level_2: dq 0x83
    times 511 dq 0
%endif

section .bss
room: resb 100
    resb 4096
stack_end:
