/**
 * What every platform on AWS shares: clients, S3, IAM, EC2, prices, and the ownership and journal of created
 * resources. Code for one service such as EMR belongs in its own platform package.
 */
@NullMarked
package org.emrelay.runner.platform.aws;

import org.jspecify.annotations.NullMarked;
