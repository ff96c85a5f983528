import { defineCredential } from '../kit/credential.js';
import { textsOf } from '../kit/texts.js';

export const kaggleCredential = defineCredential({
  name: 'KaggleCredential',
  texts: textsOf(
    {
      en: [
        'Kaggle key',
        'An access token of your Kaggle account, or its user name and key as name:key. It is kept encrypted and never shown again.',
      ],
      es: [
        'Clave de Kaggle',
        'Un token de acceso de su cuenta de Kaggle, o su usuario y clave como usuario:clave. Se guarda cifrado y no vuelve a mostrarse.',
      ],
      pt: [
        'Chave do Kaggle',
        'Um token de acesso da sua conta do Kaggle, ou o utilizador e a chave como utilizador:chave. É guardado cifrado e não volta a ser mostrado.',
      ],
      de: [
        'Kaggle-Schlüssel',
        'Ein Zugriffstoken Ihres Kaggle-Kontos oder dessen Benutzername und Schlüssel als Name:Schlüssel. Er wird verschlüsselt aufbewahrt und nie wieder gezeigt.',
      ],
      zh: [
        'Kaggle 密钥',
        '您的 Kaggle 账户的访问令牌，或以“用户名:密钥”形式给出的用户名和密钥。密钥加密保存，之后不再显示。',
      ],
    },
    {},
  ),
});
