package org.emrelay.runner.platform.aws.client;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The account and the principal of the credentials, as STS returns them. */
public record CallerIdentity(String account, String arn) {
    private static final Pattern SESSION = Pattern.compile("arn:[^:]+:sts::\\d+:assumed-role/([^/]+)/.+");

    public CallerIdentity {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(arn, "arn");
    }

    /** The user of the account with all permissions, which no policy restricts. */
    public boolean isRoot() {
        return arn.endsWith(":root");
    }

    /** An IAM user, and not a session. */
    public boolean isUser() {
        return arn.matches("arn:[^:]+:iam::\\d+:user/.+");
    }

    /** The name of the role whose session this is, without its path. */
    public Optional<String> assumedRole() {
        Matcher session = SESSION.matcher(arn);
        return session.matches() ? Optional.of(session.group(1)) : Optional.empty();
    }
}
