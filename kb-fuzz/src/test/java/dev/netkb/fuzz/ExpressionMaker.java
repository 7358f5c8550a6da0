package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** Makes expressions of the template language, most of them well-formed, some of them of a monstrous size. */
final class ExpressionMaker {

    private static final int DEEPEST = 6;
    private static final int MOST_PARTS = 60;

    /** The functions of Azure's template reference, whether or not they are evaluated here. */
    static final List<String> FUNCTIONS = Words.lines("expression.dict").stream()
            .filter(line -> line.endsWith("(\""))
            .map(line -> line.substring(1, line.length() - 2))
            .toList();

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "32",
            "33",
            "128",
            "800",
            "801",
            "100000",
            "2147483647",
            "2147483648",
            "-2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "1.5",
            "007",
            "--1");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a/b",
            "p0",
            "p1",
            "v0",
            "v1",
            "V0",
            "l",
            "x",
            "{0}",
            "{0}{1}{0}",
            "{{",
            "{0:x}",
            "{9999}",
            "[1,2,{\"a\":null}]",
            "{\"a\":{\"a\":[]}}",
            "10.0.0.0/8",
            "10.0.0.0/33",
            "2001:db8::/32",
            "10.0.0.0",
            "P1D",
            "2026-01-02T03:04:05Z",
            "aGVsbG8=",
            "%41%",
            "Microsoft.Network/virtualNetworks",
            "Microsoft.Network/virtualNetworks/subnets",
            "/",
            "a''b",
            "İ",
            "😀",
            "true",
            "-1",
            "1");

    private final FuzzedDataProvider data;
    private int parts;
    private int depth;

    ExpressionMaker(FuzzedDataProvider data) {
        this.data = data;
    }

    /** Whether the fuzzer wants one more template inside the template. */
    boolean goesDeeper() {
        return parts < MOST_PARTS && data.consumeInt(0, 3) == 3;
    }

    /** A value for a template: an expression, or a list or object with some. */
    JsonNode value() {
        return switch (data.consumeInt(0, 4)) {
            case 0 -> JsonNodeFactory.instance.arrayNode().add(expression()).add(expression());
            case 1 -> JsonNodeFactory.instance.objectNode().set(pick(TEXTS), expression());
            case 2 -> IntNode.valueOf(data.consumeInt());
            default -> expression();
        };
    }

    /** The text of an expression with its brackets, or a text that only looks like one. */
    JsonNode expression() {
        return TextNode.valueOf(data.consumeInt(0, 7) == 0 ? "[" + data.consumeString(40) + "]" : "[" + part() + "]");
    }

    private String part() {
        if (++parts > MOST_PARTS || depth > DEEPEST || data.remainingBytes() == 0) {
            return "'x'";
        }
        depth++;
        try {
            return switch (data.consumeInt(0, 9)) {
                case 0 -> pick(NUMBERS);
                case 1 -> "'" + pick(TEXTS) + "'";
                case 2 -> part() + "." + pick(List.of("a", "id", "name", "value", "x-y", "length"));
                case 3 -> part() + "[" + part() + "]";
                case 4 -> "parameters('" + pick(List.of("p0", "p1", "p2", "P0", "x")) + "')";
                case 5 -> "variables('" + pick(List.of("v0", "v1", "v2", "V0", "x")) + "')";
                case 6 -> pick(List.of(" ", "\n", "(", ")", ",", "'", "\0", "[", "]")) + part();
                default -> call();
            };
        } finally {
            depth--;
        }
    }

    private String call() {
        StringBuilder call = new StringBuilder(pick(FUNCTIONS)).append('(');
        int arguments = data.consumeInt(0, 4);
        for (int i = 0; i < arguments; i++) {
            call.append(i == 0 ? "" : ", ").append(part());
        }
        return call.append(')').toString();
    }

    /** A call of one function, mostly with values that the template declares: any JSON, known or not. */
    String oneCall(List<String> values) {
        StringBuilder call = new StringBuilder(pick(FUNCTIONS)).append('(');
        int arguments = data.consumeInt(0, 5);
        for (int i = 0; i < arguments; i++) {
            call.append(i == 0 ? "" : ", ").append(argument(values));
        }
        return call.append(')').toString();
    }

    private String argument(List<String> values) {
        return switch (data.consumeInt(0, 7)) {
            case 0 -> pick(NUMBERS);
            case 1 -> "'" + pick(TEXTS) + "'";
            case 2 -> "'" + data.consumeString(12).replace("'", "''") + "'";
            case 3 -> "lambda('x', " + part() + ")";
            case 4 -> "lambda('x', 'y', " + pick(FUNCTIONS) + "(lambdaVariables('x'), lambdaVariables('y')))";
            default -> pick(values);
        };
    }

    private String pick(List<String> all) {
        return all.get(data.consumeInt(0, all.size() - 1));
    }
}
