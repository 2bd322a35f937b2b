package org.emrelay.runner.platform.aws.client;

import java.util.Objects;

/** What AWS said no to: what was asked, what came back in AWS's own words, and what to do about it. */
public final class AwsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final String said;

    /** What follows from a fault for the one who asked. */
    public enum Kind {
        /** Too many calls: the same call is fine later, and had no effect. */
        THROTTLED(""),
        /** AWS or the way to it failed, and whether the call had an effect is not known. */
        UNAVAILABLE("Look at https://health.aws.amazon.com and at this machine's network, and say the command again."),
        /** AWS cannot be reached at all, so the call had no effect. */
        UNREACHABLE("Look at this machine's network, --region and --endpoint-url."),
        ABSENT(""),
        ALREADY_THERE(""),
        /** Something else still refers to what is to be removed, or is at work on it. */
        IN_USE(""),
        EXPIRED("Renew your credentials (such as with: aws sso login) and say the command again."),
        CREDENTIALS(
                "Give valid credentials: --profile NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or: aws configure."),
        DENIED("Ask whoever administers the account for this permission."),
        /** The server knows no such call, as a stand-in for AWS may not. */
        UNKNOWN_CALL("This server lacks the call; AWS itself has it."),
        /** There is an answer, and it cannot be read: the call may have had an effect. */
        UNREADABLE(
                "AWS's own SDK cannot read this server's answer: is the endpoint AWS, or a stand-in of another version?"),
        LIMIT("Raise the limit in the console's Service Quotas, or remove what is not needed any more."),
        /** The request itself is wrong. */
        INVALID(""),
        /** What the command line or the environment say of AWS cannot be used. */
        SETTINGS("");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }
    }

    private AwsException(Kind kind, String message, String code, String said, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
        this.said = Objects.requireNonNull(said, "said");
    }

    /**
     * A fault with its sentence.
     *
     * @param asked what was to be done, as it fits behind "could not": {@code create the role x}
     * @param code AWS's name for the error; empty when the answer had none
     * @param said AWS's own words
     */
    static AwsException of(Kind kind, String asked, String code, String said, Throwable cause) {
        String words = said.endsWith(".") ? said : said + ".";
        String answer = code.isEmpty() ? words : code + ": " + words;
        String message = "Could not " + asked + ". " + answer + (kind.remedy.isEmpty() ? "" : " " + kind.remedy);
        return new AwsException(kind, message, code, said, cause);
    }

    /** A no that stands inside an answer. */
    public static AwsException refused(String asked, String code, String said) {
        return of(Kind.INVALID, asked, code, said, new IllegalStateException(code));
    }

    static AwsException ofSettings(String sentence) {
        return new AwsException(Kind.SETTINGS, sentence, "", sentence, new IllegalArgumentException(sentence));
    }

    public Kind kind() {
        return kind;
    }

    public boolean is(Kind other) {
        return kind == other;
    }

    /** AWS's name for the error; empty when there was no answer. */
    public String code() {
        return code;
    }

    /** AWS's own words. */
    public String said() {
        return said;
    }

    /** The message as it is known to be there. */
    public String sentence() {
        return Objects.requireNonNull(getMessage(), "every fault has a message");
    }
}
