package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void readsProcessorsInThousandths() {
    assertThat(Quantity.milli(TextNode.valueOf("100m"))).hasValue(100);
    assertThat(Quantity.milli(TextNode.valueOf("0.5"))).hasValue(500);
    assertThat(Quantity.milli(IntNode.valueOf(2))).hasValue(2000);
    assertThat(Quantity.milli(TextNode.valueOf("1500001n"))).hasValue(2);
  }

  @Test
  void readsBytes() {
    assertThat(Quantity.value(TextNode.valueOf("256Mi"))).hasValue(256L << 20);
    assertThat(Quantity.value(TextNode.valueOf("1e3"))).hasValue(1000);
    assertThat(Quantity.value(TextNode.valueOf("128974848"))).hasValue(128974848);
    assertThat(Quantity.value(TextNode.valueOf("1.5Gi"))).hasValue(3L << 29);
  }

  @Test
  void whatIsNoQuantityIsEmpty() {
    assertThat(Quantity.value(TextNode.valueOf("much"))).isEmpty();
    assertThat(Quantity.value(TextNode.valueOf(""))).isEmpty();
    assertThat(Quantity.value(MissingNode.getInstance())).isEmpty();
  }
}
