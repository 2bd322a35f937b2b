package org.emrelay.runner.platform.emr.spec;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.platform.aws.s3.S3Uri;

/**
 * The locations in S3 that a text mentions. A pattern mentions the folder in which it searches.
 *
 * <p>Where the end of a URI is uncertain, both readings count: {@code s3://bucket/a,b} is a key with a comma, or the key
 * {@code a} in a list.
 */
final class S3Mentions {
    private static final Pattern START =
            Pattern.compile("(?i:s3[an]?)://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![a-zA-Z0-9_.-])");

    private static final Pattern DELIMITER = Pattern.compile("[\\s,;'\"`|<>()]");

    /** What Hadoop takes for a pattern, and a double slash, which it takes for one. */
    private static final Pattern PATTERN = Pattern.compile("[*?\\[{\\\\]|//");

    private S3Mentions() {}

    static Stream<S3Uri> in(Argument argument) {
        List<Argument.Part> parts = argument.parts();
        return IntStream.range(0, parts.size())
                .boxed()
                .flatMap(i -> parts.get(i) instanceof Argument.Literal literal
                        ? in(literal.text(), i + 1 < parts.size())
                        : Stream.empty());
    }

    /** The location of a file that may be renamed with {@code #name}. */
    static Stream<S3Uri> inRenamed(Argument file) {
        return in(file.replace(part -> part instanceof Argument.Literal literal
                ? Argument.literal(literal.text().replaceFirst("#.*", ""))
                : Argument.of(part)));
    }

    /** @param continues whether the text continues with something unknown, such as a secret */
    private static Stream<S3Uri> in(String text, boolean continues) {
        List<MatchResult> starts = START.matcher(text).results().toList();
        Stream<S3Uri> delimited = starts.stream().map(start -> {
            String rest = text.substring(start.end());
            Matcher delimiter = DELIMITER.matcher(rest);
            return delimiter.find()
                    ? location(start.group(1), rest.substring(0, delimiter.start()), false)
                    : location(start.group(1), rest, continues);
        });
        boolean isOneUri = starts.size() == 1 && starts.get(0).start() == 0;
        return isOneUri
                ? Stream.concat(
                        delimited,
                        Stream.of(location(
                                starts.get(0).group(1),
                                text.substring(starts.get(0).end()),
                                continues)))
                : delimited;
    }

    private static S3Uri location(String bucket, String path, boolean continues) {
        String key = path.replaceFirst("^/+", "");
        Matcher pattern = PATTERN.matcher(key);
        if (pattern.find()) {
            key = folder(key.substring(0, pattern.start()));
        } else if (continues) {
            key = folder(key);
        }
        return new S3Uri(bucket, key.replaceFirst("/+$", ""));
    }

    private static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }
}
