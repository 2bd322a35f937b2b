package org.emrelay.runner.platform.emr.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsClients;
import org.emrelay.runner.platform.emr.access.AwsSettings;
import org.emrelay.runner.platform.emr.access.Patience;
import org.emrelay.runner.platform.emr.fakeaws.FakeAws;
import org.emrelay.runner.platform.emr.fakeaws.s3.StoredObject;

/** An AWS of the test's own with a bucket in it, and workspaces in that. */
final class BucketRoom implements AutoCloseable {
    static final String BUCKET = "mine";

    final FakeAws fake = FakeAws.start();
    final List<String> moved = Collections.synchronizedList(new ArrayList<>());
    final Aws aws = machine();

    BucketRoom() {
        aws.clients().s3().createBucket(request -> request.bucket(BUCKET));
        fake.calls().forget();
    }

    /** Another machine's way to the same AWS. */
    Aws machine() {
        AwsSettings settings = new AwsSettings(
                "us-east-1",
                null,
                fake.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        return new Aws(new AwsClients(settings), new Patience(fake.time(), fake.time()::sleep, new Random(1)));
    }

    S3Workspace workspace() {
        return workspace("");
    }

    S3Workspace workspace(String prefix) {
        return new S3Workspace(aws, BUCKET, prefix, (what, done, all) -> moved.add(what + ": " + done + " of " + all));
    }

    void put(String key, String text) {
        fake.look(() -> {
            fake.s3().write(BUCKET, key, text.getBytes(UTF_8));
            return key;
        });
    }

    List<String> keys() {
        return fake.look(() -> fake.s3().buckets().get(BUCKET).objects().stream()
                .map(StoredObject::key)
                .toList());
    }

    String text(String key) {
        return new String(content(key), UTF_8);
    }

    byte[] content(String key) {
        return fake.look(() -> fake.s3().buckets().get(BUCKET).objects().stream()
                .filter(object -> object.key().equals(key))
                .findFirst()
                .orElseThrow()
                .content());
    }

    int uploadsInProgress() {
        return fake.look(() -> fake.s3().buckets().get(BUCKET).uploadsInProgress());
    }

    @Override
    public void close() {
        aws.clients().close();
        fake.close();
    }
}
