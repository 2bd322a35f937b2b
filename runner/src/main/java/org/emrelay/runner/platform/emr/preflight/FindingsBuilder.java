package org.emrelay.runner.platform.emr.preflight;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.jspecify.annotations.Nullable;

/** Collects the findings of checks that run in parallel. */
final class FindingsBuilder {
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

    void error(String message) {
        errors.add(message);
    }

    void warn(String message) {
        warnings.add(message);
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    Findings build(@Nullable VpcSubnets network, boolean bucketExists, DefaultKeys keys) {
        return new Findings(network, bucketExists, keys, sorted(errors), sorted(warnings));
    }

    /** Sorts, so that the order does not depend on which check finished first. */
    private static List<String> sorted(Collection<String> messages) {
        return messages.stream().distinct().sorted().toList();
    }

    /** Turns a failed call into an error: without its result there is no cluster. */
    <T> T orReport(Supplier<T> check, T fallback) {
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

    void orWarn(String subject, Runnable check) {
        orWarn(
                subject,
                () -> {
                    check.run();
                    return true;
                },
                false);
    }

    /** Turns a failed call into a warning: a check that is denied or unsupported does not block the creation. */
    <T> T orWarn(String subject, Supplier<T> check, T fallback) {
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
