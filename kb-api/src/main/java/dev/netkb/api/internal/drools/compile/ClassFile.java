package dev.netkb.api.internal.drools.compile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a compiled class refers to and does, read from its bytes (Java virtual machine specification, chapter 4). Nothing
 * is loaded.
 *
 * @param name with dots, as all names of classes here
 * @param extended the class it extends and the interfaces it implements
 * @param classes every class that it names, also in the types of fields and methods
 * @param members every field and method of a class that it names
 * @param bootstraps what links its dynamic calls
 * @param methods its own methods
 */
record ClassFile(
        String name,
        Set<String> extended,
        Set<String> classes,
        Set<Member> members,
        Set<Member> bootstraps,
        List<Method> methods) {

    /** A field or method of a class. */
    record Member(String owner, String name) {
        @Override
        public String toString() {
            return owner + "#" + name;
        }
    }

    /** What a rule never needs. */
    enum Trait {
        /** Code that is not Java. */
        NATIVE,
        /** A jump back. */
        LOOP,
        /** An array whose size is computed, or of numbers. */
        SIZED_ARRAY,
        /** It takes or gives back a lock. */
        LOCK
    }

    /**
     * A method.
     *
     * @param bridge whether the compiler made it, only to call another method
     * @param calls the methods that its own code calls
     */
    record Method(String name, boolean bridge, Set<Member> calls, Set<Trait> traits) {}

    private static final int MAGIC = 0xCAFEBABE;
    private static final Pattern TYPES = Pattern.compile("L([^;<>]+);");

    /** @throws IOException when the bytes are no class */
    static ClassFile read(byte[] bytes) throws IOException {
        try {
            return new Reader(bytes).read();
        } catch (IndexOutOfBoundsException | ClassCastException | NullPointerException e) {
            throw new IOException("no class", e);
        }
    }

    /** Reads one class. A constant that stands for two others keeps their numbers until it is asked for. */
    private static final class Reader {
        private final DataInputStream in;
        private Object[] constants = {};
        private final Set<String> classes = new LinkedHashSet<>();
        private final Set<Member> members = new LinkedHashSet<>();
        private final List<Integer> bootstrapHandles = new ArrayList<>();

        private record Pair(int first, int second) {}

        private record ClassAt(int name) {}

        private record MemberAt(int owner, int nameAndType) {}

        private record HandleAt(int member) {}

        private record TypeAt(int descriptor) {}

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        ClassFile read() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new IOException("no class");
            }
            in.readInt(); // version
            readConstants();
            in.readUnsignedShort(); // access
            String name = className(in.readUnsignedShort());
            Set<String> extended = new LinkedHashSet<>();
            extended.add(className(in.readUnsignedShort()));
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                extended.add(className(in.readUnsignedShort()));
            }
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                in.readUnsignedShort();
                in.readUnsignedShort();
                types(text(in.readUnsignedShort()));
                skipAttributes();
            }
            List<Method> methods = new ArrayList<>();
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                methods.add(method());
            }
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                String attribute = text(in.readUnsignedShort());
                byte[] content = in.readNBytes(in.readInt());
                if (attribute.equals("BootstrapMethods")) {
                    readBootstraps(new DataInputStream(new ByteArrayInputStream(content)));
                }
            }
            resolve();
            Set<Member> bootstraps = new LinkedHashSet<>();
            for (int handle : bootstrapHandles) {
                bootstraps.add(member(((HandleAt) constants[handle]).member()));
            }
            return new ClassFile(name, extended, classes, members, bootstraps, methods);
        }

        private void readConstants() throws IOException {
            constants = new Object[in.readUnsignedShort()];
            for (int i = 1; i < constants.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> constants[i] = in.readUTF();
                    case 3, 4 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++;
                    }
                    case 7 -> constants[i] = new ClassAt(in.readUnsignedShort());
                    case 8 -> in.readUnsignedShort();
                    case 9, 10, 11 -> constants[i] = new MemberAt(in.readUnsignedShort(), in.readUnsignedShort());
                    case 12, 18 -> constants[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                    case 15 -> {
                        in.readUnsignedByte();
                        constants[i] = new HandleAt(in.readUnsignedShort());
                    }
                    case 16 -> constants[i] = new TypeAt(in.readUnsignedShort());
                    default -> throw new IOException("a constant of kind " + tag);
                }
            }
        }

        /** Every constant that names something, whether code uses it or not. */
        private void resolve() {
            Set<Integer> namesAndTypes = new HashSet<>();
            for (int i = 1; i < constants.length; i++) {
                Object constant = constants[i];
                if (constant instanceof ClassAt at) {
                    classOrArray(text(at.name()));
                } else if (constant instanceof MemberAt at) {
                    members.add(member(i));
                    namesAndTypes.add(at.nameAndType());
                } else if (constant instanceof TypeAt at) {
                    types(text(at.descriptor()));
                } else if (constant instanceof Pair pair && constants[pair.second()] instanceof String) {
                    types((String) constants[pair.second()]);
                }
            }
        }

        private Method method() throws IOException {
            int access = in.readUnsignedShort();
            String name = text(in.readUnsignedShort());
            types(text(in.readUnsignedShort()));
            Set<Member> calls = new LinkedHashSet<>();
            Set<Trait> traits = EnumSet.noneOf(Trait.class);
            if ((access & 0x100) != 0) {
                traits.add(Trait.NATIVE);
            }
            if ((access & 0x20) != 0) {
                traits.add(Trait.LOCK);
            }
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                String attribute = text(in.readUnsignedShort());
                byte[] content = in.readNBytes(in.readInt());
                if (attribute.equals("Code")) {
                    DataInputStream code = new DataInputStream(new ByteArrayInputStream(content));
                    code.readInt(); // sizes of stack and locals
                    Instructions instructions = new Instructions(code.readNBytes(code.readInt()));
                    traits.addAll(instructions.traits());
                    instructions.called().forEach(at -> {
                        // A dynamic call is linked by one of the bootstraps.
                        if (constants[at] instanceof MemberAt) {
                            calls.add(member(at));
                        }
                    });
                    for (int handlers = code.readUnsignedShort(); handlers > 0; handlers--) {
                        code.readUnsignedShort();
                        int end = code.readUnsignedShort();
                        if (code.readUnsignedShort() < end) {
                            traits.add(Trait.LOOP);
                        }
                        code.readUnsignedShort();
                    }
                }
            }
            return new Method(name, (access & 0x1040) == 0x1040, calls, traits);
        }

        private void readBootstraps(DataInputStream table) throws IOException {
            for (int n = table.readUnsignedShort(); n > 0; n--) {
                bootstrapHandles.add(table.readUnsignedShort());
                for (int arguments = table.readUnsignedShort(); arguments > 0; arguments--) {
                    table.readUnsignedShort();
                }
            }
        }

        private void skipAttributes() throws IOException {
            for (int n = in.readUnsignedShort(); n > 0; n--) {
                in.readUnsignedShort();
                in.readNBytes(in.readInt());
            }
        }

        private String text(int at) {
            return (String) constants[at];
        }

        private String className(int at) {
            return at == 0 ? "" : text(((ClassAt) constants[at]).name()).replace('/', '.');
        }

        private Member member(int at) {
            MemberAt member = (MemberAt) constants[at];
            return new Member(className(member.owner()), text(((Pair) constants[member.nameAndType()]).first()));
        }

        private void classOrArray(String name) {
            if (name.startsWith("[")) {
                types(name);
            } else {
                classes.add(name.replace('/', '.'));
            }
        }

        private void types(@Nullable String descriptor) {
            if (descriptor == null) {
                return;
            }
            Matcher type = TYPES.matcher(descriptor);
            while (type.find()) {
                classes.add(type.group(1).replace('/', '.'));
            }
        }
    }
}
