package org.emrelay.runner.platform.aws.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The SDK's default credentials chain, which reports on failure what each provider answered.
 *
 * <p>The SDK's own chain hides why a profile failed, and some of its providers throw exceptions that are not the SDK's.
 */
final class CredentialsChain implements AwsCredentialsProvider {
    private final List<Source> sources;
    private final String profile;
    private @Nullable Link used;

    /**
     * A provider of the chain, created on first use.
     *
     * @param isConfigured whether it makes calls only if the user configured it, so that an outage is worth a retry
     */
    private record Source(String name, boolean isConfigured, Supplier<AwsCredentialsProvider> factory) {}

    /** The provider that has the credentials. It refreshes them itself. */
    private record Link(Source source, AwsCredentialsProvider provider) {}

    private CredentialsChain(List<Source> sources, String profile) {
        this.sources = List.copyOf(sources);
        this.profile = profile;
    }

    /** As in the AWS CLI, {@code --profile} takes precedence over keys in the environment. */
    static AwsCredentialsProvider of(AwsSettings settings) {
        if (settings.profile() != null) {
            return new CredentialsChain(List.of(profile(settings.profile())), settings.profile());
        }
        Optional<String> id = settings.variable("AWS_ACCESS_KEY_ID");
        Optional<String> key = settings.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isPresent() && key.isPresent()) {
            return StaticCredentialsProvider.create(settings.variable("AWS_SESSION_TOKEN")
                    .<AwsCredentials>map(token -> AwsSessionCredentials.create(id.get(), key.get(), token))
                    .orElseGet(() -> AwsBasicCredentials.create(id.get(), key.get())));
        }
        String profile = settings.variable("AWS_PROFILE").orElse("default");
        return new CredentialsChain(
                List.of(
                        new Source("environment", false, CredentialsChain::incompleteEnvironment),
                        new Source("system properties", false, SystemPropertyCredentialsProvider::create),
                        new Source("web identity", true, WebIdentityTokenFileCredentialsProvider::create),
                        profile(profile),
                        new Source(
                                "container",
                                false,
                                () -> ContainerCredentialsProvider.builder().build()),
                        new Source("instance metadata", false, InstanceProfileCredentialsProvider::create)),
                profile);
    }

    private static Source profile(String name) {
        return new Source("profile " + name, true, () -> ProfileCredentialsProvider.create(name));
    }

    private static AwsCredentialsProvider incompleteEnvironment() {
        throw new IllegalStateException("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set.");
    }

    /** One thread at a time: a profile's {@code credential_process} may ask for a second factor. */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        List<String> answers = new ArrayList<>();
        if (used != null) {
            Optional<AwsCredentials> refreshed = resolve(used.source(), used.provider(), answers);
            return refreshed.orElseThrow(() -> failure(answers));
        }
        for (Source source : sources) {
            Optional<AwsCredentials> found = resolve(source, answers);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw failure(answers);
    }

    private Optional<AwsCredentials> resolve(Source source, List<String> answers) {
        AwsCredentialsProvider provider;
        try {
            provider = source.factory().get();
        } catch (RuntimeException failure) {
            answers.add(source.name() + ": " + describe(failure));
            return Optional.empty();
        }
        Optional<AwsCredentials> found = resolve(source, provider, answers);
        if (found.isPresent()) {
            used = new Link(source, provider);
        }
        return found;
    }

    private static Optional<AwsCredentials> resolve(
            Source source, AwsCredentialsProvider provider, List<String> answers) {
        try {
            return Optional.of(provider.resolveCredentials());
        } catch (RuntimeException failure) {
            if (source.isConfigured() && isOutage(failure)) {
                throw failure;
            }
            answers.add(source.name() + ": " + describe(failure));
            return Optional.empty();
        }
    }

    private static boolean isOutage(RuntimeException failure) {
        if (failure instanceof SdkServiceException response) {
            return AwsErrorClassifier.classify("get credentials", response).isOutage();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A file system exception means that there is no token cache.
            if (cause instanceof IOException && !(cause instanceof FileSystemException)) {
                return failure instanceof SdkException;
            }
        }
        return false;
    }

    /** One line. Providers that are not the SDK's own have the reason in the cause. */
    private static String describe(RuntimeException failure) {
        Throwable reason = failure instanceof SdkException || failure.getCause() == null ? failure : failure.getCause();
        String message = Objects.requireNonNullElse(
                reason instanceof AwsServiceException response && response.awsErrorDetails() != null
                        ? response.awsErrorDetails().errorMessage()
                        : reason.getMessage(),
                reason.getClass().getSimpleName());
        // The SDK appends the content of both files.
        String line = message.replaceFirst(": ProfileFile\\(.*", ".").strip().replaceAll("\\s+", " ");
        return line.endsWith(".") ? line : line + ".";
    }

    private NoCredentialsException failure(List<String> answers) {
        return new NoCredentialsException(answers, ProfileRemedy.of(profile));
    }
}
