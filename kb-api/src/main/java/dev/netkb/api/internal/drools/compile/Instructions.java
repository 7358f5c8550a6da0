package dev.netkb.api.internal.drools.compile;

import dev.netkb.api.internal.drools.compile.ClassFile.Trait;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The code of one method, instruction by instruction (Java virtual machine specification, chapter 6). */
final class Instructions {

    private static final int BIPUSH = 16;
    private static final int SIPUSH = 17;
    private static final int TABLESWITCH = 170;
    private static final int LOOKUPSWITCH = 171;
    private static final int INVOKEVIRTUAL = 182;
    private static final int INVOKEDYNAMIC = 186;
    private static final int NEWARRAY = 188;
    private static final int ANEWARRAY = 189;
    private static final int MONITORENTER = 194;
    private static final int MONITOREXIT = 195;
    private static final int MULTIANEWARRAY = 197;
    private static final int GOTO_W = 200;

    private final byte[] code;
    private final Set<Integer> called = new LinkedHashSet<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    /** @throws IOException where an instruction is unknown, or one that no compiler of Java writes any more */
    Instructions(byte[] code) throws IOException {
        this.code = code;
        int before = -1;
        for (int at = 0; at < code.length; ) {
            int opcode = code[at] & 0xff;
            int length = length(opcode, at);
            look(opcode, at, before);
            before = opcode;
            at += length;
        }
    }

    /** The constants of the methods that are called. */
    Set<Integer> called() {
        return called;
    }

    Set<Trait> traits() {
        return traits;
    }

    private void look(int opcode, int at, int before) {
        if (opcode >= INVOKEVIRTUAL && opcode <= INVOKEDYNAMIC) {
            called.add(unsigned(at + 1));
        } else if (isJump(opcode)) {
            jump(opcode == GOTO_W ? integer(at + 1) : (short) unsigned(at + 1));
        } else if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
            lookAtSwitch(opcode, at);
        } else if (opcode == NEWARRAY || opcode == MULTIANEWARRAY || opcode == ANEWARRAY && !isSmall(before)) {
            traits.add(Trait.SIZED_ARRAY);
        } else if (opcode == MONITORENTER || opcode == MONITOREXIT) {
            traits.add(Trait.LOCK);
        }
    }

    /** Whether an instruction puts a fixed small number on the stack. */
    private static boolean isSmall(int opcode) {
        return opcode >= 2 && opcode <= 8 || opcode == BIPUSH || opcode == SIPUSH;
    }

    private static boolean isJump(int opcode) {
        return opcode >= 153 && opcode <= 167 || opcode == 198 || opcode == 199 || opcode == GOTO_W;
    }

    private void jump(int offset) {
        if (offset <= 0) {
            traits.add(Trait.LOOP);
        }
    }

    private void lookAtSwitch(int opcode, int at) {
        int table = (at & ~3) + 4;
        jump(integer(table));
        if (opcode == TABLESWITCH) {
            int cases = integer(table + 8) - integer(table + 4) + 1;
            for (int i = 0; i < cases; i++) {
                jump(integer(table + 12 + 4 * i));
            }
        } else {
            int cases = integer(table + 4);
            for (int i = 0; i < cases; i++) {
                jump(integer(table + 12 + 8 * i));
            }
        }
    }

    private int length(int opcode, int at) throws IOException {
        if (opcode == TABLESWITCH) {
            int table = (at & ~3) + 4;
            return table - at + 12 + 4 * Math.max(0, integer(table + 8) - integer(table + 4) + 1);
        }
        if (opcode == LOOKUPSWITCH) {
            int table = (at & ~3) + 4;
            return table - at + 8 + 8 * Math.max(0, integer(table + 4));
        }
        return switch (opcode) {
            case BIPUSH, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, NEWARRAY -> 2;
            case SIPUSH, 19, 20, 132, 178, 179, 180, 181, 182, 183, 184, 187, ANEWARRAY, 192, 193, 198, 199 -> 3;
            case MULTIANEWARRAY -> 4;
            case 185, INVOKEDYNAMIC, GOTO_W -> 5;
            default -> {
                if (opcode >= 153 && opcode <= 167) {
                    yield 3;
                }
                // 168, 169 and 201 are subroutines, 196 serves methods with hundreds of variables.
                if (opcode == 168 || opcode == 169 || opcode == 196 || opcode > 199) {
                    throw new IOException("an instruction of kind " + opcode);
                }
                yield 1;
            }
        };
    }

    private int unsigned(int at) {
        return (code[at] & 0xff) << 8 | code[at + 1] & 0xff;
    }

    private int integer(int at) {
        return unsigned(at) << 16 | unsigned(at + 2);
    }
}
