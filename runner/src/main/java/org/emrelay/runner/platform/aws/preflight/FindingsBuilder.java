package org.emrelay.runner.platform.aws.preflight;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsException;

/** Collects the findings of checks that run in parallel. */
public final class FindingsBuilder {
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    public void error(String message) {
        errors.add(message);
    }

    public void warn(String message) {
        warnings.add(message);
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** In an order that does not depend on which check finished first. */
    public List<String> errors() {
        return sorted(errors);
    }

    public List<String> warnings() {
        return sorted(warnings);
    }

    private static List<String> sorted(Collection<String> messages) {
        return messages.stream().distinct().sorted().toList();
    }

    /** Turns a failed call into an error: without its result nothing is created. */
    public <T> T orReport(Supplier<T> check, T fallback) {
        try {
            return check.get();
        } catch (AwsException fault) {
            if (isFatal(fault)) {
                throw fault;
            }
            error(fault.message());
            return fallback;
        }
    }

    public void orWarn(String subject, Runnable check) {
        orWarn(
                subject,
                () -> {
                    check.run();
                    return true;
                },
                false);
    }

    /** Turns a failed call into a warning: a check that is denied or unsupported does not block the creation. */
    public <T> T orWarn(String subject, Supplier<T> check, T fallback) {
        try {
            return check.get();
        } catch (AwsException fault) {
            if (isFatal(fault)) {
                throw fault;
            }
            warn("Not checked: " + subject + ". " + fault.message());
            return fallback;
        }
    }

    private static boolean isFatal(AwsException fault) {
        return fault.is(
                AwsException.Kind.INVALID_CREDENTIALS,
                AwsException.Kind.EXPIRED_CREDENTIALS,
                AwsException.Kind.UNREACHABLE,
                AwsException.Kind.CONFIGURATION);
    }
}
