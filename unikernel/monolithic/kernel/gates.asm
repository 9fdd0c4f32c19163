; Between the rings: into a module, and back by int 0x80, sysenter, or a fault.
;
; Sources: Intel SDM volume 2, INT n, IRET, SYSENTER, SYSEXIT; volume 3, 6.12 (what the processor
; pushes for a handler of an inner ring) and 6.15 (which exceptions have an error code).
bits 32

kUserCode   equ 24 | 3
kUserData   equ 32 | 3
kTssEsp0    equ 4                       ; offset in the task state segment

extern system_call
extern task_state                       ; rings.cpp
extern trap_stubs                       ; kernel_lib's handlers, four bytes each

section .text.gates progbits alloc exec nowrite align=16

; uint64_t enter_module(uint32_t entry, uint32_t user_stack)
; Runs ring 3 at `entry` until it exits or is killed. eax: its result, or the vector that killed it;
; edx: 0, or 1 where it was killed.
global enter_module
enter_module:
    push ebp
    push ebx
    push esi
    push edi
    mov eax, [esp + 20]                 ; entry
    mov ecx, [esp + 24]                 ; stack
    mov [task_state + kTssEsp0], esp    ; the kernel's stack goes on here at each entry from ring 3
    push dword kUserData                ; ss, esp, eflags, cs, eip: as an interrupt would have left
    push ecx
    push dword 2                        ; all flags clear: interrupts off, no access to ports
    push dword kUserCode
    push eax
    mov ecx, kUserData
    mov ds, ecx
    mov es, ecx
    mov fs, ecx
    mov gs, ecx
    xor eax, eax                        ; nothing of the kernel's goes along
    xor ebx, ebx
    xor ecx, ecx
    xor edx, edx
    xor esi, esi
    xor edi, edi
    xor ebp, ebp
    iretd

; [[noreturn]] void leave_module(uint32_t result): back to enter_module's caller.
global leave_module
leave_module:
    mov eax, [esp + 4]
    xor edx, edx
leave:
    mov esp, [task_state + kTssEsp0]
    pop edi
    pop esi
    pop ebx
    pop ebp
    ret

; A module may have put anything into ds and es.
%macro kernel_segments 0
    mov ecx, kUserData
    mov ds, ecx
    mov es, ecx
%endmacro

; eax: number, ebx and esi: arguments. C keeps ebx, esi, edi and ebp.
%macro dispatch 0
    push esi
    push ebx
    push eax
    call system_call
    add esp, 12
%endmacro

global int80_gate
int80_gate:
    cld
    kernel_segments
    dispatch
    xor ecx, ecx
    xor edx, edx
    iretd

; The module's stack is in ecx, where it goes on in edx. The processor has cleared IF and no other
; flag: a trap flag stops us before the first instruction (fault_stubs), a nested task flag would
; make the next iret fail.
global sysenter_gate
sysenter_gate:
    mov esp, [cs:task_state + kTssEsp0]
    push dword 2
    popfd
    push ecx
    push edx
    kernel_segments
    dispatch
    pop edx
    pop ecx
    sysexit

; Exceptions. One of ring 3 kills the module; one of the kernel's own is kernel_lib's to report. The
; single step that a module takes into sysenter_gate is the module's.
%define kWithError ((1 << 8) | (1 << 10) | (1 << 11) | (1 << 12) | (1 << 13) | (1 << 14) | \
                    (1 << 17) | (1 << 21) | (1 << 29) | (1 << 30))

%assign vector 0
%rep 32
%if (kWithError >> vector) & 1
%assign frame 4
%else
%assign frame 0
%endif
fault_stub_%[vector]:
    test byte [esp + frame + 4], 3      ; cs
    jnz .kill
%if vector = 1
    cmp dword [esp + frame], sysenter_gate
    je .kill
%endif
    jmp trap_stubs + 4 * vector
.kill:
    mov eax, vector
    jmp kill
%assign vector vector + 1
%endrep

kill:
    cld
    kernel_segments
    mov edx, 1
    jmp leave

section .rodata progbits alloc noexec nowrite align=4
global fault_stubs
fault_stubs:
%assign vector 0
%rep 32
    dd fault_stub_%[vector]
%assign vector vector + 1
%endrep
