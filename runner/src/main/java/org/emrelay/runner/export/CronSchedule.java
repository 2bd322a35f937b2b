package org.emrelay.runner.export;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a pipeline runs by itself, in UTC: a cron expression of Amazon EventBridge.
 *
 * @param fields minutes, hours, day of the month, month, day of the week, year
 */
public record CronSchedule(List<String> fields) {
    private static final Pattern EXPRESSION = Pattern.compile("cron\\(\\s*(.*?)\\s*\\)");
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;
    private static final int YEAR = 5;
    private static final String DAYS = "SUN|MON|TUE|WED|THU|FRI|SAT";
    private static final String MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";

    private static final List<Pattern> FIELDS = List.of(
            field("[0-5]?[0-9]"),
            field("1?[0-9]|2[0-3]"),
            Pattern.compile(
                    "\\?|L|[0-9]{1,2}W|" + field("[1-9]|[12][0-9]|3[01]").pattern()),
            field("[1-9]|1[0-2]|" + MONTHS),
            Pattern.compile("\\?|L|[1-7]L|[1-7]#[1-5]|" + field("[1-7]|" + DAYS).pattern()),
            field("19[7-9][0-9]|2[01][0-9]{2}"));

    public CronSchedule {
        fields = List.copyOf(fields);
        Objects.checkIndex(YEAR, fields.size());
    }

    private static Pattern field(String value) {
        String range = "(" + value + ")(-(" + value + "))?";
        String element = "(" + range + "|\\*)(/[0-9]{1,3})?";
        return Pattern.compile(element + "(," + element + ")*");
    }

    /** Reads an expression such as {@code cron(0 6 * * ? *)}; empty if EventBridge would refuse it. */
    public static Optional<CronSchedule> parse(String text) {
        Matcher expression = EXPRESSION.matcher(text.strip());
        if (!expression.matches()) {
            return Optional.empty();
        }
        List<String> fields = List.of(expression.group(1).split("\\s+"));
        return fields.size() == FIELDS.size() && areValid(fields)
                ? Optional.of(new CronSchedule(fields))
                : Optional.empty();
    }

    /** EventBridge wants a question mark in one of the fields for days. */
    private static boolean areValid(List<String> fields) {
        for (int i = 0; i < FIELDS.size(); i++) {
            if (!FIELDS.get(i).matcher(fields.get(i)).matches()) {
                return false;
            }
        }
        return fields.get(DAY_OF_MONTH).equals("?") != fields.get(DAY_OF_WEEK).equals("?");
    }

    /** The expression in EventBridge's form. */
    public String eventBridge() {
        return "cron(" + String.join(" ", fields) + ")";
    }

    /** The expression in the form of Unix, with five fields; empty if it has no equivalent there. */
    public Optional<String> unix() {
        String days = fields.get(DAY_OF_MONTH);
        String weekdays = fields.get(DAY_OF_WEEK);
        boolean isPlain = fields.get(YEAR).equals("*") && !days.matches(".*[LW]") && !weekdays.matches(".*[L#].*");
        return isPlain
                ? Optional.of(String.join(
                        " ",
                        fields.get(0),
                        fields.get(1),
                        days.replace('?', '*'),
                        fields.get(3),
                        weekdays.equals("?") ? "*" : unixDays(weekdays)))
                : Optional.empty();
    }

    /** EventBridge numbers the days of the week from 1, Unix from 0; both begin with Sunday. */
    private static String unixDays(String weekdays) {
        return Pattern.compile("(?<![/0-9])[1-7](?![0-9])")
                .matcher(weekdays)
                .replaceAll(day -> String.valueOf(Integer.parseInt(day.group()) - 1));
    }
}
