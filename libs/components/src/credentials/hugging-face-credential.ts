import { defineCredential } from '../kit/credential.js';
import { textsOf } from '../kit/texts.js';

export const huggingFaceCredential = defineCredential({
  name: 'HuggingFaceCredential',
  texts: textsOf(
    {
      en: [
        'Hugging Face token',
        'A token of your Hugging Face account; reading rights are enough. It is kept encrypted and never shown again.',
      ],
      es: [
        'Token de Hugging Face',
        'Un token de su cuenta de Hugging Face; basta con permiso de lectura. Se guarda cifrado y no vuelve a mostrarse.',
      ],
      pt: [
        'Token do Hugging Face',
        'Um token da sua conta do Hugging Face; basta permissão de leitura. É guardado cifrado e não volta a ser mostrado.',
      ],
      de: [
        'Hugging-Face-Token',
        'Ein Token Ihres Hugging-Face-Kontos; Leserechte genügen. Es wird verschlüsselt aufbewahrt und nie wieder gezeigt.',
      ],
      zh: ['Hugging Face 令牌', '您的 Hugging Face 账户令牌，只需读取权限。令牌加密保存，之后不再显示。'],
    },
    {},
  ),
});
