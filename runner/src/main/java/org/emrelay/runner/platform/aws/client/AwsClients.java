package org.emrelay.runner.platform.aws.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients, each built when it is first needed. None of them ever sends a request a second time: {@link AwsRetry} decides
 * what may be asked again, for creating a cluster twice costs money, and it waits on a clock that a test can move.
 */
public final class AwsClients implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final Duration CONNECT_AT_MOST = Duration.ofSeconds(10);
    private static final Duration SILENT_AT_MOST = Duration.ofSeconds(60);
    private static final Duration NEVER_REUSED = Duration.ofMillis(1);

    private final AwsSettings settings;
    private final LazyClient<RehearsingHttpClient> http =
            new LazyClient<>(() -> new RehearsingHttpClient(connections().build()));
    private final LazyClient<SdkHttpClient> newConnections = new LazyClient<>(
            () -> connections().connectionTimeToLive(NEVER_REUSED).build());
    private final LazyClient<AwsCredentialsProvider> credentials = new LazyClient<>(this::credentialsProvider);
    private final LazyClient<Region> region = new LazyClient<>(this::findRegion);
    private final LazyClient<Ec2Client> ec2 = new LazyClient<>(() -> built(Ec2Client.builder(), AwsService.EC2));
    private final LazyClient<EmrClient> emr = new LazyClient<>(() -> built(EmrClient.builder(), AwsService.EMR));
    private final LazyClient<EmrClient> emrOnNewConnections =
            new LazyClient<>(() -> built(EmrClient.builder(), AwsService.EMR, newConnections.get()));
    private final LazyClient<IamClient> iam = new LazyClient<>(() -> built(IamClient.builder(), AwsService.IAM));
    private final LazyClient<S3Client> s3 = new LazyClient<>(this::s3Client);
    private final LazyClient<ServiceQuotasClient> quotas =
            new LazyClient<>(() -> built(ServiceQuotasClient.builder(), AwsService.SERVICE_QUOTAS));
    private final LazyClient<StsClient> sts = new LazyClient<>(() -> built(StsClient.builder(), AwsService.STS));

    public AwsClients(AwsSettings settings) {
        this.settings = settings;
    }

    public Ec2Client ec2() {
        return ec2.get();
    }

    public EmrClient emr() {
        return emr.get();
    }

    /**
     * For calls that must not be sent twice: on a connection that was used before and that AWS has closed by now, nobody can tell whether the call
     * arrived.
     */
    public EmrClient emrOnNewConnections() {
        return emrOnNewConnections.get();
    }

    public IamClient iam() {
        return iam.get();
    }

    public S3Client s3() {
        return s3.get();
    }

    public ServiceQuotasClient quotas() {
        return quotas.get();
    }

    public StsClient sts() {
        return sts.get();
    }

    /**
     * Builds the clients that every command on a cluster needs side by side, before one after the other is waited for: that takes longer than most calls. As soon as the first call is on its
     * way, each goes through its later ones once.
     */
    public void prepare() {
        http.get();
        credentials.get();
        region.get();
        prepare(() -> rehearse(() -> Rehearsal.of(ec2.get()), ec2));
        prepare(() -> rehearse(() -> Rehearsal.of(s3.get()), s3));
        prepare(() -> rehearse(() -> Rehearsal.of(iam.get()), iam));
        prepare(() -> rehearse(() -> Rehearsal.of(emr.get()), emr));
        prepare(sts::get);
        prepare(emrOnNewConnections::get);
    }

    private static void prepare(Runnable work) {
        Thread thread = new Thread(() -> orNothing(work), "aws-client");
        thread.setDaemon(true);
        thread.start();
    }

    private void rehearse(Runnable calls, LazyClient<?> client) {
        client.get();
        try {
            if (http.get().awaitFirst()) {
                calls.run();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private static void orNothing(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            // Whoever needs the client meets the same failure, and says it.
        }
    }

    public String region() {
        return region.get().id();
    }

    /** The partition that the region belongs to, such as {@code aws} or {@code aws-cn}: every ARN begins with it. */
    public String partition() {
        return region.get().metadata() == null
                ? "aws"
                : region.get().metadata().partition().id();
    }

    private static ApacheHttpClient.Builder connections() {
        return ApacheHttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_AT_MOST)
                .socketTimeout(SILENT_AT_MOST)
                .useIdleConnectionReaper(false);
    }

    /** A profile that is named wins over keys in the environment, as with the AWS CLI. */
    private AwsCredentialsProvider credentialsProvider() {
        if (settings.profile() != null) {
            return ProfileCredentialsProvider.create(settings.profile());
        }
        Optional<String> id = settings.variable("AWS_ACCESS_KEY_ID");
        Optional<String> key = settings.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || key.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(settings.variable("AWS_SESSION_TOKEN")
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                        token -> AwsSessionCredentials.create(id.get(), key.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), key.get())));
    }

    private Region findRegion() {
        Optional<String> named = settings.namedRegion();
        if (named.isPresent()) {
            return Region.of(named.get());
        }
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            return (settings.profile() == null ? chain : chain.profileName(settings.profile()))
                    .build()
                    .getRegion();
        } catch (SdkClientException nowhere) {
            throw AwsException.ofSettings(
                    "No AWS region is set: give --region us-east-1 (or another), set AWS_REGION, or put one into your profile.");
        }
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(B builder, AwsService service) {
        return built(builder, service, http.get());
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(
            B builder, AwsService service, SdkHttpClient client) {
        settings.endpointOf(service).ifPresent(builder::endpointOverride);
        return builder.httpClient(client)
                .credentialsProvider(credentials.get())
                .region(region.get())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build())
                .build();
    }

    /** At a place of somebody's own a bucket is no host name: a JVM cannot resolve {@code bucket.localhost}. */
    private S3Client s3Client() {
        boolean pathStyle =
                settings.endpointOf(AwsService.S3).map(AwsClients::isForeign).orElse(false);
        return built(
                S3Client.builder()
                        .forcePathStyle(pathStyle)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false)),
                AwsService.S3);
    }

    private static boolean isForeign(URI endpoint) {
        String host = endpoint.getHost();
        return !host.endsWith(".amazonaws.com") && !host.endsWith(".amazonaws.com.cn");
    }

    @Override
    public void close() {
        for (LazyClient<? extends AutoCloseable> client :
                List.of(ec2, emr, emrOnNewConnections, iam, quotas, s3, sts)) {
            client.ifMade().ifPresent(AwsClients::close);
        }
        http.ifMade().ifPresent(SdkHttpClient::close);
        newConnections.ifMade().ifPresent(SdkHttpClient::close);
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception exception) {
            throw new IllegalStateException("a client that cannot be closed", exception);
        }
    }
}
