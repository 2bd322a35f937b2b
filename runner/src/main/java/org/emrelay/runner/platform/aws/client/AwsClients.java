package org.emrelay.runner.platform.aws.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsSettings.AwsService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
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
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.PricingClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS SDK clients, each built on first use.
 *
 * <p>The SDK's own retries are off. {@link AwsRetry} decides what to retry, because a repeated RunJobFlow starts a
 * second cluster, and it sleeps on a clock that tests control.
 */
public final class AwsClients implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PRICING_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration NO_REUSE = Duration.ofMillis(1);

    private final AwsSettings settings;
    private final LazyClient<SdkHttpClient> http =
            new LazyClient<>(() -> httpClientBuilder().build());
    private final LazyClient<SdkHttpClient> newConnections = new LazyClient<>(
            () -> httpClientBuilder().connectionTimeToLive(NO_REUSE).build());
    private final LazyClient<AwsCredentialsProvider> credentials = new LazyClient<>(this::credentialsChain);
    private final LazyClient<Region> region = new LazyClient<>(this::resolveRegion);
    private final LazyClient<Ec2Client> ec2 = new LazyClient<>(() -> build(Ec2Client.builder(), AwsService.EC2));
    private final LazyClient<EmrClient> emr = new LazyClient<>(() -> build(EmrClient.builder(), AwsService.EMR));
    private final LazyClient<EmrClient> emrOnNewConnections =
            new LazyClient<>(() -> build(EmrClient.builder(), AwsService.EMR, newConnections.get()));
    private final LazyClient<FirehoseClient> firehose =
            new LazyClient<>(() -> build(FirehoseClient.builder(), AwsService.FIREHOSE));
    private final LazyClient<IamClient> iam = new LazyClient<>(() -> build(IamClient.builder(), AwsService.IAM));
    private final LazyClient<CloudWatchLogsClient> logs =
            new LazyClient<>(() -> build(CloudWatchLogsClient.builder(), AwsService.CLOUDWATCH_LOGS));
    private final LazyClient<PricingClient> pricing = new LazyClient<>(this::pricingClient);
    private final LazyClient<S3Client> s3 = new LazyClient<>(this::s3Client);
    private final LazyClient<ServiceQuotasClient> quotas =
            new LazyClient<>(() -> build(ServiceQuotasClient.builder(), AwsService.SERVICE_QUOTAS));
    private final LazyClient<StsClient> sts = new LazyClient<>(() -> build(StsClient.builder(), AwsService.STS));

    /** Creates a value once, on first use. Each has its own lock, so clients can be built in parallel. */
    private static final class LazyClient<T> {
        private final Supplier<T> factory;
        private @Nullable T instance;

        LazyClient(Supplier<T> factory) {
            this.factory = factory;
        }

        synchronized T get() {
            T existing = instance;
            if (existing == null) {
                existing = factory.get();
                instance = existing;
            }
            return existing;
        }

        synchronized Optional<T> ifCreated() {
            return Optional.ofNullable(instance);
        }
    }

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
     * A client for calls that are not idempotent. It never reuses a connection: when AWS has closed an idle one, the
     * client cannot tell whether the request arrived.
     */
    public EmrClient emrOnNewConnections() {
        return emrOnNewConnections.get();
    }

    public FirehoseClient firehose() {
        return firehose.get();
    }

    public IamClient iam() {
        return iam.get();
    }

    public CloudWatchLogsClient logs() {
        return logs.get();
    }

    /**
     * A client of the Price List API; empty if it must not be asked. Only the partition {@code aws} has prices in US dollars, and a
     * user who sends EMR's calls to a stand-in does not expect calls to AWS.
     */
    public Optional<PricingClient> pricing() {
        boolean isStandIn = settings.endpointOf(AwsService.EMR)
                .filter(AwsClients::isCustomEndpoint)
                .isPresent();
        return partition().equals("aws") && (hasPricingEndpoint() || !isStandIn)
                ? Optional.of(pricing.get())
                : Optional.empty();
    }

    /** Whether the Price List API has an endpoint of the user's choice. */
    public boolean hasPricingEndpoint() {
        return settings.endpointOf(AwsService.PRICING).isPresent();
    }

    /** Whether Firehose has an endpoint of the user's choice. */
    public boolean hasFirehoseEndpoint() {
        return settings.endpointOf(AwsService.FIREHOSE).isPresent();
    }

    public AwsSettings settings() {
        return settings;
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
     * Builds the clients of cluster commands in parallel, because building one takes longer than most calls.
     */
    public void prewarm() {
        http.get();
        credentials.get();
        region.get();
        prewarm(ec2::get);
        prewarm(s3::get);
        prewarm(iam::get);
        prewarm(emr::get);
        prewarm(sts::get);
        prewarm(emrOnNewConnections::get);
    }

    /** Builds the clients of stream commands in parallel, as {@link #prewarm()} does for clusters. */
    public void prewarmStreams() {
        http.get();
        credentials.get();
        region.get();
        prewarm(firehose::get);
        prewarm(s3::get);
        prewarm(iam::get);
        prewarm(logs::get);
        prewarm(sts::get);
    }

    private static void prewarm(Runnable task) {
        Thread thread = new Thread(() -> ignoringFailures(task), "aws-client");
        thread.setDaemon(true);
        thread.start();
    }

    private static void ignoringFailures(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            // The caller that needs the client gets the same failure and reports it.
        }
    }

    public String region() {
        return region.get().id();
    }

    /** The region of IAM, which has one in each partition. */
    public String iamRegion() {
        return IamClient.serviceMetadata()
                .signingRegion(Region.of(partition() + "-global"))
                .id();
    }

    /** The nearest of the three regions that have the Price List API; each knows the prices of all regions. */
    public String pricingRegion() {
        if (region().startsWith("eu-")) {
            return "eu-central-1";
        }
        return region().startsWith("ap-") ? "ap-south-1" : "us-east-1";
    }

    /** The partition of the region, such as {@code aws} or {@code aws-cn}, as in ARNs. */
    public String partition() {
        return region.get().metadata() == null
                ? "aws"
                : region.get().metadata().partition().id();
    }

    /** Deprecated in favour of HttpClient 5, whose classes would add 2.4 MB to the jar. */
    @SuppressWarnings("deprecation")
    private static ApacheHttpClient.Builder httpClientBuilder() {
        return ApacheHttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .useIdleConnectionReaper(false);
    }

    private AwsCredentialsProvider credentialsChain() {
        return CredentialsChain.of(settings);
    }

    private Region resolveRegion() {
        Optional<String> configured = settings.configuredRegion();
        if (configured.isPresent()) {
            return Region.of(configured.get());
        }
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            return (settings.profile() == null ? chain : chain.profileName(settings.profile()))
                    .build()
                    .getRegion();
        } catch (SdkClientException noRegion) {
            throw AwsException.configuration(
                    "No AWS region configured: pass --region us-east-1 (or another), set AWS_REGION, or set it in your profile.");
        }
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C build(B builder, AwsService service) {
        return build(builder, service, http.get());
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C build(
            B builder, AwsService service, SdkHttpClient client) {
        settings.endpointOf(service).ifPresent(builder::endpointOverride);
        builder.httpClient(client)
                .credentialsProvider(credentials.get())
                .region(region.get())
                .overrideConfiguration(configuration().build());
        return build(builder);
    }

    private static ClientOverrideConfiguration.Builder configuration() {
        return ClientOverrideConfiguration.builder().retryStrategy(AwsRetryStrategy.doNotRetry());
    }

    private static <B extends AwsClientBuilder<B, C>, C> C build(B builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException malformed) {
            // The SDK reads the configuration files of the AWS CLI for each client.
            throw AwsException.configuration("The AWS configuration files are malformed: " + malformed.getMessage()
                    + ". Correct ~/.aws/config or ~/.aws/credentials, or the files that AWS_CONFIG_FILE and"
                    + " AWS_SHARED_CREDENTIALS_FILE name.");
        }
    }

    /** Prices are optional, so a call has a short time limit. */
    private PricingClient pricingClient() {
        PricingClientBuilder builder = PricingClient.builder();
        settings.endpointOf(AwsService.PRICING).ifPresent(builder::endpointOverride);
        return build(builder.httpClient(http.get())
                .credentialsProvider(credentials.get())
                .region(Region.of(pricingRegion()))
                .overrideConfiguration(
                        configuration().apiCallTimeout(PRICING_TIMEOUT).build()));
    }

    /** Custom endpoints get path-style requests, because a JVM cannot resolve {@code bucket.localhost}. */
    private S3Client s3Client() {
        boolean pathStyle = settings.endpointOf(AwsService.S3)
                .map(AwsClients::isCustomEndpoint)
                .orElse(false);
        return build(
                S3Client.builder()
                        .forcePathStyle(pathStyle)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false)),
                AwsService.S3);
    }

    private static boolean isCustomEndpoint(URI endpoint) {
        String host = endpoint.getHost();
        return !host.endsWith(".amazonaws.com") && !host.endsWith(".amazonaws.com.cn");
    }

    @Override
    public void close() {
        for (LazyClient<? extends AutoCloseable> client :
                List.of(ec2, emr, emrOnNewConnections, firehose, iam, logs, pricing, quotas, s3, sts)) {
            client.ifCreated().ifPresent(AwsClients::close);
        }
        http.ifCreated().ifPresent(SdkHttpClient::close);
        newConnections.ifCreated().ifPresent(SdkHttpClient::close);
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception exception) {
            throw new IllegalStateException("cannot close an SDK client", exception);
        }
    }
}
