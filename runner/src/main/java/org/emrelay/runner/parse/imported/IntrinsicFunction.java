package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Evaluates intrinsic functions of the Amazon States Language as far as an import needs them. */
final class IntrinsicFunction {
    private static final int MAX_DEPTH = 20;

    /** Stand for braces that are escaped in a literal, so that they are no placeholders of a format. */
    private static final char OPEN = '\uE003';

    private static final char CLOSE = '\uE004';

    private final String text;
    private int position;

    /** The text is not an expression that can be evaluated here. */
    private static final class UnknownExpressionException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private IntrinsicFunction(String text) {
        this.text = text;
    }

    /** The value of an expression: a text or a list. What is known only at run time is a token in it. */
    static Object evaluate(String expression) {
        if (!expression.startsWith("States.")) {
            return expression.startsWith("$") ? DeploymentValues.token(expression) : expression;
        }
        IntrinsicFunction function = new IntrinsicFunction(expression);
        try {
            Object value = function.argument(0);
            function.skipBlanks();
            if (function.position == expression.length()) {
                return finished(value);
            }
        } catch (UnknownExpressionException unknown) {
            // The whole expression becomes a parameter.
        }
        return DeploymentValues.token(DeploymentValues.visible(expression));
    }

    private static Object finished(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(IntrinsicFunction::finished).toList()
                : String.valueOf(value).replace(OPEN, '{').replace(CLOSE, '}');
    }

    private Object argument(int depth) throws UnknownExpressionException {
        skipBlanks();
        if (depth > MAX_DEPTH || position >= text.length()) {
            throw new UnknownExpressionException();
        } else if (text.charAt(position) == '\'') {
            return literal();
        }
        int start = position;
        while (position < text.length() && "(), ".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.startsWith("$")) {
            return DeploymentValues.token(word);
        } else if (word.startsWith("States.")) {
            return call(word, arguments(depth)).orElseThrow(UnknownExpressionException::new);
        } else if (word.matches("-?[0-9.]+|true|false|null")) {
            return word;
        }
        throw new UnknownExpressionException();
    }

    private List<Object> arguments(int depth) throws UnknownExpressionException {
        expect('(');
        List<Object> arguments = new ArrayList<>();
        skipBlanks();
        if (position < text.length() && text.charAt(position) == ')') {
            position++;
            return arguments;
        }
        arguments.add(argument(depth + 1));
        skipBlanks();
        while (position < text.length() && text.charAt(position) == ',') {
            position++;
            arguments.add(argument(depth + 1));
            skipBlanks();
        }
        expect(')');
        return arguments;
    }

    private String literal() throws UnknownExpressionException {
        StringBuilder literal = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '\'') {
            char character = text.charAt(position++);
            if (character == '\\' && position < text.length()) {
                char escaped = text.charAt(position++);
                literal.append(escaped == '{' ? OPEN : escaped == '}' ? CLOSE : escaped);
            } else {
                literal.append(character);
            }
        }
        expect('\'');
        return literal.toString();
    }

    private static Optional<Object> call(String function, List<Object> arguments) {
        boolean areTexts = arguments.stream().allMatch(String.class::isInstance);
        if (function.equals("States.Array")) {
            return Optional.of(arguments);
        } else if (function.equals("States.Format") && areTexts && !arguments.isEmpty()) {
            return format(arguments);
        } else if (function.equals("States.StringSplit") && areTexts && arguments.size() == 2) {
            String separators = (String) arguments.get(1);
            return Optional.of(Arrays.stream(((String) arguments.get(0)).split("[" + quoted(separators) + "]"))
                    .filter(part -> !part.isEmpty())
                    .toList());
        }
        return Optional.empty();
    }

    /** Each character of the separators separates. */
    private static String quoted(String separators) {
        return separators.isEmpty() ? "\\x00" : separators.replaceAll("[^A-Za-z0-9]", "\\\\$0");
    }

    private static Optional<Object> format(List<Object> arguments) {
        StringBuilder formatted = new StringBuilder();
        String template = (String) arguments.get(0);
        int next = 1;
        int from = 0;
        for (int brace = template.indexOf("{}"); brace >= 0; brace = template.indexOf("{}", from)) {
            if (next == arguments.size()) {
                return Optional.empty();
            }
            formatted.append(template, from, brace).append(arguments.get(next++));
            from = brace + 2;
        }
        return next == arguments.size()
                ? Optional.of(formatted.append(template.substring(from)).toString())
                : Optional.empty();
    }

    private void expect(char character) throws UnknownExpressionException {
        skipBlanks(character);
        if (position >= text.length() || text.charAt(position) != character) {
            throw new UnknownExpressionException();
        }
        position++;
    }

    private void skipBlanks(char next) {
        if (next != '\'') {
            skipBlanks();
        }
    }

    private void skipBlanks() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }
}
