@NullMarked
package org.emrelay.runner.fakeaws.s3;

import org.jspecify.annotations.NullMarked;
