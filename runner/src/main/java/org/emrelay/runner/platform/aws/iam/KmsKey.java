package org.emrelay.runner.platform.aws.iam;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer managed KMS key.
 *
 * @param arn the ARN of the key or of an alias; its region is {@code *} if AWS does not return it
 */
public record KmsKey(String arn) {
    private static final int ACCOUNT = 4;

    public KmsKey {
        Objects.requireNonNull(arn, "arn");
    }

    /**
     * Returns the key that S3 or EC2 encrypts with. Empty for an AWS managed key, which every user of the service may use.
     *
     * @param reference an ARN, an id or an alias; null for the AWS managed key
     * @param account resolves ids and aliases, as AWS does in the account of the caller
     */
    public static Optional<KmsKey> of(@Nullable String reference, String partition, String account) {
        String name = Objects.requireNonNullElse(reference, "");
        String resource = name.substring(name.lastIndexOf(':') + 1);
        if (resource.isEmpty() || resource.startsWith("alias/aws/")) {
            return Optional.empty();
        } else if (name.startsWith("arn:")) {
            return Optional.of(new KmsKey(name));
        }
        String path = resource.startsWith("alias/") ? resource : "key/" + resource;
        // The region is that of the bucket, which need not be the cluster's.
        return Optional.of(new KmsKey("arn:" + partition + ":kms:*:" + account + ":" + path));
    }

    /**
     * Warns that the key policy of a key of another account must allow its use; empty for a key of this account.
     *
     * @param use what the key encrypts, such as {@code new EBS volumes}
     * @param otherwise what happens without it
     */
    public Optional<String> crossAccountWarning(String account, String use, List<String> actions, String otherwise) {
        String[] parts = arn.split(":", -1);
        String owner = parts[ACCOUNT];
        return owner.equals(account)
                ? Optional.empty()
                : Optional.of("The KMS key " + arn + ", which encrypts " + use + " by default, belongs to account "
                        + owner
                        + ". Unless its key policy allows arn:" + parts[1] + ":iam::" + account + ":root to call "
                        + String.join(", ", actions) + ", its owner must add that; otherwise " + otherwise + ".");
    }
}
