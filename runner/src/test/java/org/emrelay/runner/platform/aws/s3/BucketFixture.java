package org.emrelay.runner.platform.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.s3.StoredObject;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** A fake AWS with one bucket and workspaces in it. */
final class BucketFixture implements AutoCloseable {
    static final String BUCKET = "mine";

    final FakeAws fake = FakeAws.start();
    final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    final AwsContext aws = newContext();

    BucketFixture() {
        aws.clients().s3().createBucket(request -> request.bucket(BUCKET));
        fake.calls().clear();
    }

    /** A new context for the same AWS, as on another machine. */
    AwsContext newContext() {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                fake.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        return new AwsContext(new AwsClients(settings), new AwsRetry(fake.clock(), fake.clock()::sleep, new Random(1)));
    }

    S3Workspace workspace() {
        return workspace("");
    }

    S3Workspace workspace(String prefix) {
        return new S3Workspace(
                aws,
                BUCKET,
                prefix,
                (label, doneBytes, totalBytes) -> progress.add(label + ": " + doneBytes + " of " + totalBytes),
                notices::add);
    }

    S3Download download() {
        return new S3Download(
                aws, (label, doneBytes, totalBytes) -> progress.add(label + ": " + doneBytes + " of " + totalBytes));
    }

    /** All files below a directory with their contents, including hidden ones. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    void put(String key, String text) {
        fake.inspect(() -> {
            fake.s3().write(BUCKET, key, text.getBytes(UTF_8));
            return key;
        });
    }

    void putWithChecksum(String key, byte[]... parts) {
        fake.inspect(() -> {
            fake.s3().writeWithChecksum(BUCKET, key, parts);
            return key;
        });
    }

    void encryptWithKms() {
        aws.clients()
                .s3()
                .putBucketEncryption(request -> request.bucket(BUCKET)
                        .serverSideEncryptionConfiguration(
                                configuration -> configuration.rules(ServerSideEncryptionRule.builder()
                                        .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                                                .sseAlgorithm(ServerSideEncryption.AWS_KMS)
                                                .build())
                                        .build())));
    }

    List<String> keys() {
        return fake.inspect(() -> fake.s3().buckets().get(BUCKET).objects().stream()
                .map(StoredObject::key)
                .toList());
    }

    String text(String key) {
        return new String(content(key), UTF_8);
    }

    byte[] content(String key) {
        return fake.inspect(() -> fake.s3().buckets().get(BUCKET).objects().stream()
                .filter(object -> object.key().equals(key))
                .findFirst()
                .orElseThrow()
                .content());
    }

    int uploadsInProgress() {
        return fake.inspect(() -> fake.s3().buckets().get(BUCKET).uploadsInProgress());
    }

    @Override
    public void close() {
        aws.clients().close();
        fake.close();
    }
}
