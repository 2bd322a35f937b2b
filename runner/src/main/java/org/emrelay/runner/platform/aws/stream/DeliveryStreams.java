package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.Tag;

/** Creates, describes and deletes delivery streams. All operations are idempotent. */
record DeliveryStreams(AwsContext aws) {
    /** A delivery stream is created within a minute, and deleted within several. */
    static final Duration CHANGE_BUDGET = Duration.ofMinutes(15);

    /** Selects the first poll interval: 3 s. */
    private static final int FIRST_POLL = 5;

    /** A new IAM role propagates within seconds, rarely within a minute or two. */
    private static final Duration IAM_PROPAGATION_BUDGET = Duration.ofMinutes(4);

    /** Firehose has one error code for every invalid value. */
    private static final Pattern ROLE_NOT_PROPAGATED =
            Pattern.compile("(?is).*(unable to|cannot) assume (the )?role.*");

    /** The maximum per page, and also the maximum per delivery stream. */
    private static final int MAX_TAGS = 50;

    private static final long MEBIBYTE = 1 << 20;

    /** Creates a delivery stream, and returns before it is active. */
    void create(DeliveryStreamSpec spec, StreamNames names, Notices notices) {
        CreateDeliveryStreamRequest request = request(spec);
        AtomicBoolean waits = new AtomicBoolean();
        boolean exists = AwsException.handle(
                () -> {
                    aws.call(
                            "create the delivery stream " + spec.name(),
                            fault -> isRoleNotPropagated(fault, waits, notices),
                            IAM_PROPAGATION_BUDGET,
                            () -> aws.firehose().createDeliveryStream(request));
                    return false;
                },
                inUse -> true,
                Kind.CONFLICT);
        // The answer to an earlier attempt may have been lost.
        if (exists
                && findTags(spec.name())
                        .filter(tags -> !names.owner().matches(tags))
                        .isPresent()) {
            throw RefusedException.notOwned("The delivery stream " + spec.name(), names.owner());
        }
    }

    private static CreateDeliveryStreamRequest request(DeliveryStreamSpec spec) {
        List<Tag> tags = spec.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return CreateDeliveryStreamRequest.builder()
                .deliveryStreamName(spec.name())
                .deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                .deliveryStreamEncryptionConfigurationInput(encryption -> encryption.keyType(KeyType.AWS_OWNED_CMK))
                .extendedS3DestinationConfiguration(destination -> destination
                        .roleARN(spec.roleArn())
                        .bucketARN(spec.bucketArn())
                        .prefix(spec.prefix())
                        .errorOutputPrefix(spec.errorPrefix())
                        .bufferingHints(hints ->
                                hints.sizeInMBs(spec.bufferMebibytes()).intervalInSeconds(spec.bufferSeconds()))
                        .compressionFormat(spec.gzip() ? CompressionFormat.GZIP : CompressionFormat.UNCOMPRESSED)
                        .fileExtension(spec.extension())
                        .cloudWatchLoggingOptions(logging -> logging.enabled(true)
                                .logGroupName(spec.logGroup())
                                .logStreamName(StreamNames.LOG_STREAM)))
                .tags(tags)
                .build();
    }

    private static boolean isRoleNotPropagated(AwsException fault, AtomicBoolean waits, Notices notices) {
        boolean waiting = fault.is(Kind.INVALID_REQUEST)
                && ROLE_NOT_PROPAGATED.matcher(fault.awsMessage()).matches();
        if (waiting && !waits.getAndSet(true)) {
            notices.notice("Waiting for the new IAM role to propagate");
        }
        return waiting;
    }

    /** The delivery stream of a stream; empty if there is none. Its errors are not read. */
    Optional<StreamDescription> find(StreamNames names) {
        String name = names.deliveryStream();
        return aws.find(
                        "describe the delivery stream " + name,
                        () -> aws.firehose().describeDeliveryStream(request -> request.deliveryStreamName(name)))
                .map(response -> description(names.stream(), response.deliveryStreamDescription()));
    }

    private static StreamDescription description(String stream, DeliveryStreamDescription found) {
        Optional<ExtendedS3DestinationDescription> s3 = found.destinations().stream()
                .map(DestinationDescription::extendedS3DestinationDescription)
                .filter(Objects::nonNull)
                .findFirst();
        String failure = found.failureDescription() == null
                ? null
                : found.failureDescription().typeAsString() + ": "
                        + found.failureDescription().details();
        return new StreamDescription(
                stream,
                found.deliveryStreamName(),
                DeliveryStreamState.of(String.valueOf(found.deliveryStreamStatusAsString())),
                failure,
                found.createTimestamp(),
                s3.map(ExtendedS3DestinationDescription::bucketARN)
                        .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                        .orElse(""),
                s3.map(destination -> literal(destination.prefix())).orElse(""),
                s3.map(destination -> literal(destination.errorOutputPrefix())).orElse(""),
                Duration.ofSeconds(s3.map(destination -> destination.bufferingHints())
                        .map(hints -> hints.intervalInSeconds())
                        .orElse(0)),
                MEBIBYTE
                        * s3.map(destination -> destination.bufferingHints())
                                .map(hints -> hints.sizeInMBs())
                                .orElse(0),
                List.of(),
                false);
    }

    /** A prefix without Firehose's expressions. */
    private static String literal(String prefix) {
        String text = Objects.requireNonNullElse(prefix, "");
        int expression = text.indexOf("!{");
        return expression < 0 ? text : text.substring(0, expression);
    }

    /** The tags of a delivery stream; empty if there is none. */
    Optional<Map<String, String>> findTags(String name) {
        return aws.find(
                        "list the tags of the delivery stream " + name,
                        () -> aws.firehose()
                                .listTagsForDeliveryStream(request ->
                                        request.deliveryStreamName(name).limit(MAX_TAGS)))
                .map(response -> response.tags().stream()
                        .collect(Collectors.toMap(Tag::key, tag -> Objects.toString(tag.value(), ""))));
    }

    /** Starts a deletion, which finishes later. */
    void delete(String name) {
        aws.delete(
                "delete the delivery stream " + name,
                CHANGE_BUDGET,
                () -> aws.firehose().deleteDeliveryStream(request -> request.deliveryStreamName(name)));
    }

    /**
     * Waits until the delivery stream leaves a state.
     *
     * @return the delivery stream after that; empty if it is gone; still in the state after 15 minutes, or if the thread is interrupted
     */
    Optional<StreamDescription> awaitEnd(DeliveryStreamState state, StreamNames names, Notices notices) {
        Instant start = aws.now();
        Supplier<Optional<StreamDescription>> lookup = () -> {
            Optional<StreamDescription> found = find(names);
            if (isIn(state, found)) {
                notices.status("Delivery stream " + names.deliveryStream() + " is " + state + " ("
                        + Duration.between(start, aws.now()).toSeconds() + " s)");
            }
            return found;
        };
        Optional<StreamDescription> first = lookup.get();
        return isIn(state, first)
                ? aws.retry()
                        .poll(
                                FIRST_POLL,
                                CHANGE_BUDGET,
                                () -> Optional.of(lookup.get()).filter(found -> !isIn(state, found)))
                        .orElse(first)
                : first;
    }

    private static boolean isIn(DeliveryStreamState state, Optional<StreamDescription> stream) {
        return stream.filter(found -> found.state() == state).isPresent();
    }
}
