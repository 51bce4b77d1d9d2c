package theater.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "1024Mi,1Gi",
    "1536Mi,1536Mi",
    "0.5Gi,512Mi",
    "1.1Gi,1181116006400m",
    "1Ki,1Ki",
    "0.5Ki,512",
    "-2048Ki,-2Mi",
    "0.5,500m",
    "0.0,0",
    "0Mi,0",
    "100m,100m",
    "1000m,1",
    "1500m,1500m",
    "2,2",
    "1000,1k",
    "1500,1500",
    "128974848,128974848",
    "2000000k,2G",
    "1e3,1e3",
    "1000e0,1e3",
    "1.5E1,15",
    "0.0000000001,1n",
    "9000E,9000E",
    "much,much",
    "5Mib,5Mib",
  })
  void isWrittenInOneWay(String typed, String kept) {
    assertThat(Quantity.canonical(typed)).isEqualTo(kept);
  }

  @Test
  void whatIsNoQuantityIsEmpty() {
    assertThat(Quantity.value(TextNode.valueOf("much"))).isEmpty();
    assertThat(Quantity.value(TextNode.valueOf(""))).isEmpty();
    assertThat(Quantity.value(MissingNode.getInstance())).isEmpty();
  }
}
